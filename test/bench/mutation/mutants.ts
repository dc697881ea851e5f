import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { SourceModule } from '../../../src/engine/analyse';
import type { Range } from '../../../src/engine/findings';
import { childrenOf, isCall, isFunction, isLoop, rootOf } from '../../../src/engine/syntax/nodes';
import { visitorKeys, walk } from '../../../src/engine/syntax/visit';
import { applyEdits, deletionOf, type Edit } from './edits';

const FLOW_MUTATIONS = ['deleted', 'out-of-finally', 'catch-deleted', 'branch-deleted'] as const;

/**
 * What was done to the code: all releases deleted; moved out of their `finally`; those in a `catch` deleted, others left; the one in
 * a branch that leaves the function deleted, others left; an effect's whole cleanup deleted; the release on one outcome of a promise
 * deleted, others left.
 */
export type Mutation = (typeof FLOW_MUTATIONS)[number] | 'cleanup-deleted' | 'outcome-deleted';

export interface Mutant {
  readonly mutation: Mutation;
  /** As long as the original, and every other token at its offset: positions and answers about types stay true. */
  readonly text: string;
}

/** A release call, and whether the function that owes it makes it itself. */
export interface ReleaseCall extends Range {
  readonly nested: boolean;
}

/** Breaks one site's correct handling in each way that applies. `scoped`: it is a leak too when nothing at all releases the resource. */
export function makeMutants(module: SourceModule, releases: readonly ReleaseCall[], { scoped }: { readonly scoped: boolean }): Mutant[] {
  const calls = findCalls(module.ast, releases);
  if (calls.length === 0) return [];
  const own = calls.filter(({ nested }) => !nested).map(({ call }) => call);
  const edits: Record<(typeof FLOW_MUTATIONS)[number], readonly Edit[]> = {
    deleted: scoped ? calls.map(({ call }) => deletionOf(call)) : [],
    'out-of-finally': finallyEdits(own, module.text, scoped),
    'catch-deleted': catchEdits(own),
    'branch-deleted': branchEdits(own),
  };
  return FLOW_MUTATIONS.flatMap((mutation) => (edits[mutation].length > 0 ? [{ mutation, text: applyEdits(module.text, edits[mutation]) }] : []));
}

function findCalls(program: TSESTree.Program, releases: readonly ReleaseCall[]): { call: TSESTree.Node; nested: boolean }[] {
  const wanted = new Map(releases.map((release) => [`${String(release.start)}:${String(release.end)}`, release]));
  const found: { call: TSESTree.Node; nested: boolean }[] = [];
  walk(program, (node) => {
    const release = isCall(node) ? wanted.get(node.range.join(':')) : undefined;
    if (release) found.push({ call: node, nested: release.nested });
  });
  return found;
}

/** `try { a } finally { b }` becomes `{ a } { b }`, `try { a } catch { c } finally { b }` becomes `try { a } catch { c } { b }`. */
function finallyEdits(calls: readonly TSESTree.Node[], text: string, scoped: boolean): Edit[] {
  const statements = new Set(calls.flatMap((call) => enclosingFinally(call) ?? []));
  return [...statements].flatMap(({ statement, finalizer }) => {
    if (!BLOCKS.has(statement.parent.type) || alwaysFallsThrough(statement)) return [];
    // After a statement that never ends there is no release any more, which is no leak of what need not be released.
    if (!scoped && [T.ReturnStatement, T.ThrowStatement].some((type) => statement.block.body.at(-1)?.type === type)) return [];
    const before = (statement.handler ?? statement.block).range[1];
    const keyword = before + text.slice(before, finalizer.range[0]).lastIndexOf('finally');
    const unguarded: Edit[] = statement.handler ? [] : [{ start: statement.range[0], end: statement.range[0] + 'try'.length, by: '' }];
    return [...unguarded, { start: keyword, end: keyword + 'finally'.length, by: '' }];
  });
}

const JUMPS: ReadonlySet<string> = new Set([T.ReturnStatement, T.BreakStatement, T.ContinueStatement, T.YieldExpression]);
const FAILURES: ReadonlySet<string> = new Set([T.ThrowStatement, T.AwaitExpression]);
const RUNS: ReadonlySet<string> = new Set([T.CallExpression, T.NewExpression, T.TaggedTemplateExpression, T.ForOfStatement]);

/** Without its `finally` the statement is left at its end only: its errors are swallowed, or nothing in it is able to fail. */
function alwaysFallsThrough({ block, handler }: TSESTree.TryStatement): boolean {
  const inBlock = ownTypes(block);
  if ([...inBlock].some((type) => JUMPS.has(type))) return false;
  if (!handler) return ![...inBlock].some((type) => FAILURES.has(type) || RUNS.has(type));
  return ![...ownTypes(handler.body)].some((type) => JUMPS.has(type) || FAILURES.has(type));
}

/** The types of nodes in a block, without those in functions that it only makes, and without jumps that go no further than a loop of its own. */
function ownTypes(block: TSESTree.Node): Set<string> {
  const types = new Set<string>();
  const pending: { node: TSESTree.Node; inLoop: boolean }[] = [{ node: block, inLoop: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, inLoop } = next;
    const stays = inLoop && (node.type === T.BreakStatement || node.type === T.ContinueStatement) && node.label === null;
    if (!stays) types.add(node.type);
    if (!isFunction(node)) pending.push(...childrenOf(node, visitorKeys).map((child) => ({ node: child, inLoop: inLoop || isLoop(node) })));
  }
  return types;
}

/** Where one statement may become two. */
const BLOCKS: ReadonlySet<string> = new Set([T.BlockStatement, T.Program, T.StaticBlock, T.SwitchCase]);

interface Finally {
  readonly statement: TSESTree.TryStatement;
  readonly finalizer: TSESTree.BlockStatement;
}

const known = new WeakMap<TSESTree.TryStatement, Finally>();

function enclosingFinally(call: TSESTree.Node): Finally | undefined {
  for (let at = call; at.parent !== undefined && !isFunction(at); at = at.parent) {
    if (at.parent.type !== T.TryStatement || at.parent.finalizer !== at) continue;
    const found = known.get(at.parent) ?? { statement: at.parent, finalizer: at.parent.finalizer };
    known.set(at.parent, found);
    return found;
  }
  return undefined;
}

/** The releases in `catch` clauses, where the same function has another one outside of them and of every `finally`. */
function catchEdits(calls: readonly TSESTree.Node[]): Edit[] {
  const caught = calls.filter((call) => enclosingCatch(call) !== undefined);
  const roots = new Set(caught.map(rootOf));
  const hasOther = calls.some((call) => enclosingCatch(call) === undefined && enclosingFinally(call) === undefined && roots.has(rootOf(call)));
  return hasOther ? caught.map(deletionOf) : [];
}

function enclosingCatch(call: TSESTree.Node): TSESTree.CatchClause | undefined {
  for (let at: TSESTree.Node | undefined = call; at !== undefined && !isFunction(at); at = at.parent) if (at.type === T.CatchClause) return at;
  return undefined;
}

/** The first release whose branch of an `if` or `case` returns or throws after it, where the function has another one elsewhere. */
function branchEdits(calls: readonly TSESTree.Node[]): Edit[] {
  for (const call of calls) {
    const branch = leavingBranch(call);
    if (branch === undefined) continue;
    const others = calls.filter((other) => rootOf(other) === rootOf(call) && (other.range[1] < branch.range[0] || other.range[0] > branch.range[1]));
    const inside = calls.filter((other) => other.range[0] >= branch.range[0] && other.range[1] <= branch.range[1]);
    // With a `finally` that releases, the branch did nothing that was needed.
    if (others.length > 0 && !others.some(enclosingFinally)) return inside.map(deletionOf);
  }
  return [];
}

function leavingBranch(call: TSESTree.Node): TSESTree.Node | undefined {
  for (let at = call; at.parent !== undefined && !isFunction(at); at = at.parent) {
    const { parent } = at;
    if (at.type === T.CatchClause || (parent.type === T.TryStatement && parent.finalizer === at)) return undefined;
    const statements = at.type === T.BlockStatement && parent.type === T.IfStatement && parent.test.range[1] < at.range[0] ? at.body : at.type === T.SwitchCase ? at.consequent : undefined;
    const last = statements?.at(-1)?.type;
    if (statements !== undefined) return (last === T.ReturnStatement || last === T.ThrowStatement) && !releasesInReturn(statements.at(-1), call) ? at : undefined;
  }
  return undefined;
}

function releasesInReturn(last: TSESTree.Node | undefined, call: TSESTree.Node): boolean {
  return last !== undefined && last.range[0] <= call.range[0] && last.range[1] >= call.range[1];
}
