import type { TSESTree } from '@typescript-eslint/types';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { FixCase, ResourceCase } from '../case';
import type { Plan } from '../edit/plan';
import type { Source } from '../edit/source';
import { removeStatement, statementsOf } from '../edit/statements';
import { within } from '../../syntax/nodes';
import { applyRemoval } from '../edit/removals';
import type { Holding, Neighbours } from './holding';
import { removeFromTogether } from './oldReleases';
import { awaitReturned } from './returned';
import type { Scoping } from './scoping';

/** Replaces `const x =`, `let x =` or `x =` by a declaration of that kind; a `let x` before it goes. */
export function declareAs(plan: Plan, keyword: string, { form, statement, declarator, among }: Holding, { source }: ResourceCase): void {
  if (declarator === undefined) return;
  if (form === 'declared') {
    const kind = /^(?:const|let|var)\b/.exec(source.textOf(statement))?.[0] ?? '';
    if (among !== undefined) {
      if (keyword !== 'const') split(plan, { keyword, kind }, declarator, among, source);
      return;
    }
    if (kind !== keyword) plan.replace({ start: statement.range[0], end: statement.range[0] + kind.length }, keyword);
    return;
  }
  const type = presentType(declarator, source);
  if (type !== undefined && statement.type === T.ExpressionStatement && statement.expression.type === T.AssignmentExpression) plan.insert(statement.expression.left.range[1], `: ${type}`);
  plan.insert(statement.range[0], `${keyword} `);
  removeStatement(plan, declarator.parent, source);
}

/** `const n = 1, x = acquire(), m = 2;` -> `const n = 1; using x = acquire(); const m = 2;`. */
function split(plan: Plan, { keyword, kind }: { readonly keyword: string; readonly kind: string }, declarator: TSESTree.VariableDeclarator, { before, after: [after] }: Neighbours, source: Source): void {
  const [start] = declarator.parent.range;
  const next = `${source.semi}${source.breakAt(start)}`;
  if (before === undefined) plan.replace({ start, end: start + kind.length }, keyword);
  else plan.replace({ start: before.range[1], end: declarator.range[0] }, `${next}${keyword} `);
  if (after !== undefined) plan.replace({ start: declarator.range[1], end: after.range[0] }, `${next}${kind} `);
}

/** The declared type without null and undefined: it is there from now on. */
function presentType({ id }: TSESTree.VariableDeclarator, source: Source): string | undefined {
  const type = id.type === T.Identifier ? id.typeAnnotation?.typeAnnotation : undefined;
  if (type?.type !== T.TSUnionType) return type && source.textOf(type);
  const present = type.types.filter((one) => one.type !== T.TSUndefinedKeyword && one.type !== T.TSNullKeyword);
  return present.length === 0 ? undefined : present.map((one) => source.textOf(one)).join(' | ');
}

/** The value stands alone: `const x = value` -> `value`. */
export function undeclare(plan: Plan, { form, statement, declarator, value }: Holding, { source }: ResourceCase): void {
  if (value === undefined || declarator === undefined) return;
  plan.remove({ start: statement.range[0], end: value.range[0] });
  if (form === 'assigned') removeStatement(plan, declarator.parent, source);
}

/** Something but the old releases names the resource. */
export function isNamed({ holding, old }: Scoping, { obligation }: ResourceCase): boolean {
  const { variable, declarator, statement } = holding;
  if (variable === undefined || obligation.effects.places.length > 1) return true;
  const isGone = (node: TSESTree.Node): boolean => [...old.removal.statements].some((gone) => within(node, gone));
  return variable.references.some(({ identifier }) => !isGone(identifier) && identifier.range[0] >= statement.range[1] && (declarator === undefined || !within(identifier, declarator)));
}

/** What every scope does beside releasing: the old releases go, returned promises settle inside, a `case` gets its block. */
export function tidy(plan: Plan, { old, promises, holding }: Scoping, given: ResourceCase, needsBlock = true): void {
  applyRemoval(plan, old.removal, given.source, given.ctx.bindings);
  for (const release of old.all) {
    removeFromTogether(plan, release, given.source);
    if (release.returned === 'leaves') plan.replace({ start: release.statement.range[0], end: release.statement.range[1] }, `return${given.source.semi}`);
  }
  awaitReturned(plan, promises);
  if (holding.list.type === T.SwitchCase && needsBlock) wrapCase(plan, holding.list, given);
}

/** A clause can't declare what is to be released at its end: it gets a block. */
export function wrapCase(plan: Plan, clause: TSESTree.SwitchCase, { source }: FixCase): void {
  const statements = statementsOf(clause);
  const [first] = statements;
  const last = statements.at(-1);
  if (first === undefined || last === undefined) return;
  const colon = source.text.lastIndexOf(':', source.text.slice(0, first.range[0]).trimEnd().length);
  const head = clause.test ? source.text.indexOf(':', clause.test.range[1]) : colon;
  plan.insert(head + 1, ' {');
  plan.insert(source.lineEnd(last.range[1]), source.beginsLine(first.range[0]) ? `${source.newline}${source.indentAt(clause.range[0])}}` : ' }');
}
