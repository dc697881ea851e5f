import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Range } from '../../findings';
import { within } from '../../syntax/nodes';
import type { Draft, ResourceCase } from '../case';
import { ofResource } from '../case';
import { freeName } from '../edit/imports';
import { Plan } from '../edit/plan';
import type { Source } from '../edit/source';
import { closeGap, endOfLineOf, statementsOf } from '../edit/statements';
import { declareAs, tidy } from '../scope/declare';
import { canAwait } from '../scope/holding';
import type { Scoping } from '../scope/scoping';
import { cautionsOf, isNeededFree, scopingOf } from '../scope/scoping';
import { mentions } from '../scope/returned';
import { onlyCompute } from '../scope/transaction';

/** What stands behind the acquire goes into a `try`, the release into its `finally`; into a `catch` where the caller gets the resource. */
export const makeTryFinally = ofResource((given): Draft[] => {
  const scoping = scopingOf(given, { among: true });
  if (scoping === undefined) return [];
  const { source, ctx } = given;
  const { holding, release, old, handOvers } = scoping;
  // Nobody would wait for it, and nobody did.
  if (release.async && !canAwait(given) && (old.all.length === 0 || old.all.some(({ awaited }) => awaited))) return [];
  if (handOvers.length > 0 && (old.all.length > 0 || given.finding.rule !== 'raw-factory')) return [];
  // Declarators behind it that may fail go into the `try`, too.
  const [next] = holding.among !== undefined && !onlyCompute(holding.among.after) ? holding.among.after : [];
  const body = bodyOf(given, scoping, next === undefined ? [] : (holding.among?.after ?? []));
  const [first] = body;
  const last = body.at(-1);
  if (first === undefined || last === undefined || (next !== undefined && !source.beginsLine(holding.statement.range[0]))) return [];
  const end = endOfLineOf(last, source);
  const region: Range = { start: holding.statement.range[0], end };
  if (isNeededFree(given, scoping, region)) return [];
  const plan = new Plan();
  release.imported?.apply(plan);
  if (holding.form !== 'beside') declareAs(plan, 'const', holding, given);
  const outer = source.breakAt(holding.statement.range[0]);
  const inner = outer === ' ' ? ' ' : `${outer}${source.unit}`;
  const call = `${release.async && canAwait(given) ? 'await ' : ''}${release.write(holding.expression)}${source.semi}`;
  const start = next === undefined || holding.declarator === undefined ? endOfLineOf(holding.statement, source) : holding.declarator.range[1];
  if (next === undefined) plan.insert(start, `${outer}try {`);
  else plan.replace({ start, end: next.range[0] }, `${source.semi}${outer}try {${inner}${kindOf(holding.statement, source)} `);
  if (next === undefined && !old.removal.statements.has(first)) closeGap(plan, start, source);
  if (next === undefined && inner !== ' ' && source.lineStart(first.range[0]) <= start) plan.insert(start, inner);
  plan.indent(source.indentableLines({ start: source.nextLine(next?.range[0] ?? start), end }), source.unit);
  if (handOvers.length > 0) {
    const error = freeName('error', ctx.bindings, holding.statement);
    plan.insert(end, `${outer}} catch (${error}) {${inner}${call}${inner}throw ${error}${source.semi}${outer}}`);
  } else plan.insert(end, `${outer}} finally {${inner}${call}${outer}}`);
  tidy(plan, scoping, given, holding.form === 'assigned');
  const how = handOvers.length > 0 ? 'catch' : 'finally';
  return [{ title: `Release \`${holding.expression === '' ? given.finding.resource : holding.expression}\` by try/${how}`, plan, cautions: cautionsOf(given, scoping, region) }];
});

function kindOf(statement: TSESTree.Node, source: Source): string {
  return /^(?:const|let|var)\b/.exec(source.textOf(statement))?.[0] ?? 'const';
}

/** The statements that use the resource, from the first behind the acquire; to the list's end where they declare what comes later uses. */
function bodyOf(given: ResourceCase, { holding, old }: Scoping, declared: readonly TSESTree.VariableDeclarator[]): readonly TSESTree.Node[] {
  const { list, statement } = holding;
  const all = statementsOf(list);
  const behind = all.slice(all.indexOf(statement) + 1);
  const lastUse = behind.findLastIndex((one) => mentions(one, given) || old.all.some((release) => within(release.statement, one)));
  let end = lastUse + 1;
  while (end + declared.length > 0 && end < behind.length && declares([...declared, ...behind.slice(0, end)], behind.slice(end), given)) end++;
  // What follows a `return` that uses the resource can't be left outside: it may be the other branch.
  const body = behind.slice(0, end);
  const left = body.filter((one) => !old.removal.statements.has(one));
  return left.length === 0 ? [] : body;
}

/** Something that the statements declare is named by what comes after them. */
function declares(statements: readonly TSESTree.Node[], after: readonly TSESTree.Node[], { ctx }: ResourceCase): boolean {
  const isIn = (node: TSESTree.Node, among: readonly TSESTree.Node[]): boolean => among.some((one) => within(node, one));
  return ctx.bindings.scopes.scopes.some((scope) =>
    scope.variables.some((variable) => {
      const [definition] = variable.defs;
      if (definition === undefined || !isIn(definition.name, statements)) return false;
      if (definition.type === 'Variable' && definition.parent.type === T.VariableDeclaration && definition.parent.kind === 'var') return false;
      return variable.references.some(({ identifier }) => isIn(identifier, after));
    }),
  );
}
