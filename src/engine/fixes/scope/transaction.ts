import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { calleeName, isAsync, isFunction, rootOf, unwrapAwait, within } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { FixCase, ResourceCase } from '../case';
import type { StatementList } from '../edit/statements';
import { listOf, statementAround, statementsOf } from '../edit/statements';

/** A transaction whose work lies in one list of statements: begun, worked on, committed, and never rolled back. */
export interface Section {
  readonly list: StatementList;
  readonly begin: TSESTree.Node;
  /** The statements between the two. */
  readonly work: readonly TSESTree.Node[];
  readonly commit: TSESTree.ExpressionStatement;
  /** Behind the commit, to the end of the list. */
  readonly rest: readonly TSESTree.Node[];
  /** As expressions, without `await`. */
  readonly commitText: string;
  readonly rollbackText: string;
}

/** Undefined where the code rolls back somewhere already, or ends the transaction in another way than by one statement behind it. */
export function sectionOf(given: ResourceCase): Section | undefined {
  const { obligation, source } = given;
  if (obligation.site.resource.family !== 'transaction' || !isAsync(obligation.root)) return undefined;
  const begin = statementAround(obligation.site.call);
  const list = begin && listOf(begin);
  const ends = obligation.effects.effects.flatMap(({ kind, call, release }) => (kind === 'release' && call && release?.incidental !== true ? [call] : []));
  const [end, ...more] = ends;
  if (begin === undefined || list === undefined || end === undefined || more.length > 0) return undefined;
  const commit = statementAround(end);
  if (commit?.type !== T.ExpressionStatement || listOf(commit) !== list || commit.expression.type !== T.AwaitExpression) return undefined;
  const all = statementsOf(list);
  const [from, to] = [all.indexOf(begin), all.indexOf(commit)];
  const committed = unwrapAwait(commit.expression);
  if (to <= from + 1 || committed.type !== T.CallExpression || !within(end, committed)) return undefined;
  const commitText = source.textOf(committed);
  const rollbackText = rollbackFor(committed, commitText, given);
  return rollbackText === undefined ? undefined : { list, begin, work: all.slice(from + 1, to), commit, rest: all.slice(to + 1), commitText, rollbackText };
}

/** The commit with the model's own word for the opposite, or with the statement's. */
function rollbackFor(committed: TSESTree.CallExpression, text: string, { obligation }: ResourceCase): string | undefined {
  const methods = obligation.site.resource.releases.flatMap(({ method }) => method ?? []);
  const name = methods.find((method) => /commit/i.test(method) && text.includes(`.${method}(`)) ?? calleeName(committed);
  const opposite = methods.find((method) => /^(?:rollback|abort)/i.test(method));
  if (name !== undefined && opposite !== undefined && /commit/i.test(name) && !/["'`]/.test(text)) return text.replace(`.${name}(`, `.${opposite}(`);
  if (!/(["'`])\s*commit\b[^"'`]*\1/i.test(text)) return undefined;
  return text.replace(/commit(?: transaction| work)?/i, (word) => (word.startsWith('COMMIT') ? 'ROLLBACK' : 'rollback'));
}

/** Something in the statements leaves them in another way than by an error or their end. */
export function jumpsOut(statements: readonly TSESTree.Node[]): boolean {
  let found = false;
  for (const statement of statements) {
    walk(statement, (node) => {
      if (!/^(?:Return|Break|Continue)Statement$|^YieldExpression$/.test(node.type) || isFunction(innermost(node, statement))) return;
      const target = node.type === T.ReturnStatement || node.type === T.YieldExpression ? undefined : loopAround(node, statement);
      if (target === undefined) found = true;
    });
  }
  return found;
}

function innermost(node: TSESTree.Node, limit: TSESTree.Node): TSESTree.Node | undefined {
  for (let at: TSESTree.Node | undefined = node; at !== undefined && at !== limit.parent; at = at.parent) if (isFunction(at)) return at;
  return undefined;
}

function loopAround(node: TSESTree.Node, limit: TSESTree.Node): TSESTree.Node | undefined {
  for (let at = node.parent; at !== undefined && at !== limit.parent; at = at.parent) if (/^(?:For|ForOf|ForIn|While|DoWhile|Switch)Statement$/.test(at.type)) return at;
  return undefined;
}

/** What the statements declare is named by others of the list. */
export function namesBeyond(statements: readonly TSESTree.Node[], list: StatementList, { ctx }: FixCase): boolean {
  const inside = (node: TSESTree.Node): boolean => statements.some((statement) => within(node, statement));
  return ctx.bindings.scopes.scopes.some(({ variables, block }) => {
    if (!within(block, rootOf(list)) && !within(list, block)) return false;
    return variables.some(({ defs, references }) => defs.some(({ name }) => inside(name)) && references.some(({ identifier }) => !inside(identifier)));
  });
}

/** Nothing in the statements does anything: it makes no difference whether they run before the commit or behind it. */
export function onlyCompute(statements: readonly TSESTree.Node[]): boolean {
  let computes = true;
  for (const statement of statements) {
    walk(statement, (node) => {
      if (/^(?:Call|New|Await|Yield|TaggedTemplate|Assignment|Update|Import)Expression$/.test(node.type) || node.type === T.ThrowStatement) computes = false;
    });
  }
  return computes;
}
