import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Escape } from '../../ownership/escapes';
import { escapesOf } from '../../ownership/escapes';
import type { Scoped } from '../../ownership/scoped';
import { scopedBy } from '../../ownership/scoped';
import { enclosingLoop, within } from '../../syntax/nodes';
import type { FixCase } from '../case';
import type { Plan } from '../edit/plan';
import type { Source } from '../edit/source';
import { listOf, statementsOf } from '../edit/statements';
import { nodesAt } from '../locate';
import { jumpsOut, onlyCompute } from './transaction';

/** A declaration of `using` whose resource gets away, and the statements by which it does. */
export interface Escaping {
  readonly scoped: Scoped;
  readonly declaration: TSESTree.VariableDeclaration;
  readonly escapes: readonly Escape[];
  /** Each once, in the order of the text. */
  readonly statements: readonly (TSESTree.ReturnStatement | TSESTree.ExpressionStatement)[];
}

/** The declaration that a finding on `using` begins its path with. */
export function scopedOf({ finding, source, ctx }: FixCase): Scoped | undefined {
  const [first] = finding.path;
  const declarator = first && nodesAt(source.module.ast, first).find(({ type }) => type === T.VariableDeclarator);
  const scoped = declarator && scopedBy(declarator, ctx);
  return scoped?.declarator.parent.declarations.length === 1 ? scoped : undefined;
}

/** Undefined where a function inside has it, or where it gets away by something else than a statement of the scope's own. */
export function escapingOf(given: FixCase): Escaping | undefined {
  const scoped = scopedOf(given);
  const escapes = scoped ? escapesOf(scoped, given.ctx) : [];
  if (scoped === undefined || escapes.length === 0 || listOf(scoped.declarator.parent) === undefined) return undefined;
  const statements: Escaping['statements'][number][] = [];
  for (const { at, closure } of escapes) {
    const statement = statementOf(at);
    if (closure !== undefined || statement === undefined) return undefined;
    if (!statements.includes(statement)) statements.push(statement);
  }
  // What an outer name held before is lost when the loop comes round.
  if (escapes.some(({ at }) => at.type === T.AssignmentExpression && at.left.type === T.Identifier && enclosingLoop(at) !== undefined)) return undefined;
  return { scoped, declaration: scoped.declarator.parent, escapes, statements };
}

function statementOf(node: TSESTree.Node): TSESTree.ReturnStatement | TSESTree.ExpressionStatement | undefined {
  for (let at: TSESTree.Node | undefined = node; at !== undefined; at = at.parent) {
    if (at.type === T.ReturnStatement || at.type === T.ExpressionStatement) return at;
  }
  return undefined;
}

/** It gets away in any case, and nothing can fail or end the scope before that. */
export function escapesAtOnce({ scoped, declaration, escapes, statements }: Escaping): boolean {
  const [statement, ...more] = statements;
  const list = listOf(declaration);
  if (statement === undefined || more.length > 0 || list === undefined || listOf(statement) !== list) return false;
  const all = statementsOf(list);
  const between = all.slice(all.indexOf(declaration) + 1, all.indexOf(statement));
  if (!onlyCompute(between) || jumpsOut(between)) return false;
  const given = statement.type === T.ReturnStatement ? onlyCompute([statement]) : statement.expression === escapes[0]?.at;
  return given && escapes.every(({ at }) => !isConditional(at, statement)) && scoped.block.type !== T.Program;
}

/** The node is evaluated only on some condition of the statement. */
function isConditional(node: TSESTree.Node, statement: TSESTree.Node): boolean {
  for (let at: TSESTree.Node | undefined = node; at !== undefined && at !== statement; at = at.parent) {
    if (at.type === T.ConditionalExpression || at.type === T.LogicalExpression) return true;
  }
  return false;
}

/** The one place that gives it away by a choice of the statement: `return healthy ? store : other` -> `healthy`. */
export function choiceIn(statement: TSESTree.ReturnStatement, escapes: readonly Escape[], source: Source): string | 'always' | undefined {
  const inside = escapes.filter(({ at }) => within(at, statement));
  if (inside.every(({ at }) => !isConditional(at, statement))) return 'always';
  const choice = statement.argument;
  const [only, ...more] = inside;
  if (choice?.type !== T.ConditionalExpression || choice.test.type !== T.Identifier || only === undefined || more.length > 0) return undefined;
  const yes = within(only.at, choice.consequent);
  if (isConditional(only.at, yes ? choice.consequent : choice.alternate)) return undefined;
  return `${yes ? '' : '!'}${source.textOf(choice.test)}`;
}

/** Replaces the keyword of a `using` declaration. */
export function declareBy(plan: Plan, keyword: string, declaration: TSESTree.VariableDeclaration, source: Source): void {
  const [start] = declaration.range;
  const old = /^(?:await\s+)?using\b/.exec(source.textOf(declaration))?.[0] ?? '';
  plan.replace({ start, end: start + old.length }, keyword);
}
