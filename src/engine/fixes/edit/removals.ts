import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Bindings } from '../../syntax/bindings';
import { within } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { Plan } from './plan';
import type { Source } from './source';
import { removeRange, removeStatement, unwrapTry } from './statements';

/** What becomes of the code around statements that go: what is emptied goes with them. */
export interface Removal {
  /** Statements that go whole: those that were named, and conditions that only guarded them. */
  readonly statements: ReadonlySet<TSESTree.Node>;
  /** `try` statements that lose their `finally`, or a `catch` that would only throw again. */
  readonly tries: ReadonlyMap<TSESTree.TryStatement, { readonly finalizer: boolean; readonly handler: boolean }>;
  /** `else` branches that go. */
  readonly alternates: ReadonlySet<TSESTree.IfStatement>;
}

/**
 * Works out a removal. Undefined when it would leave something odd behind: a condition with effects of its own, or a `catch`, around nothing.
 * `isGuard`: the condition asks of the resource alone, and goes with what it guards.
 */
export function planRemoval(named: readonly TSESTree.Node[], isGuard: (test: TSESTree.Node) => boolean): Removal | undefined {
  const statements = new Set<TSESTree.Node>(named);
  const alternates = new Set<TSESTree.IfStatement>();
  const tries = new Map<TSESTree.TryStatement, { finalizer: boolean; handler: boolean }>();
  const pending = [...named];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const { parent } = node;
    if (parent === undefined) return undefined;
    if (parent.type === T.IfStatement) {
      if (parent.alternate === node) alternates.add(parent);
      else if (parent.alternate === null && isGuard(parent.test)) {
        statements.add(parent);
        pending.push(parent);
      } else return undefined;
    } else if (parent.type === T.BlockStatement) {
      const left = parent.body.filter((statement) => !statements.has(statement));
      const outer = parent.parent;
      if (left.length === 0 && outer.type === T.IfStatement) pending.push(parent);
      else if (outer.type === T.TryStatement && outer.finalizer === parent && left.length === 0) note(outer, 'finalizer');
      // What was to be done about its failure would be left around nothing.
      else if (outer.type === T.TryStatement && outer.block === parent && left.length === 0 && outer.handler !== null) return undefined;
      else if (outer.type === T.CatchClause && left.length === 1 && left[0] !== undefined && throwsAgain(left[0], outer)) note(outer.parent, 'handler');
    } else if (parent.type !== T.SwitchCase && parent.type !== T.StaticBlock && parent.type !== T.Program) return undefined;
  }
  return { statements, tries, alternates };

  function note(statement: TSESTree.TryStatement, part: 'finalizer' | 'handler'): void {
    tries.set(statement, { finalizer: false, handler: false, ...tries.get(statement), [part]: true });
  }
}

function throwsAgain(statement: TSESTree.Node, { param }: TSESTree.CatchClause): boolean {
  return statement.type === T.ThrowStatement && statement.argument.type === T.Identifier && param?.type === T.Identifier && param.name === statement.argument.name;
}

/** The statement goes with a larger part that is removed. */
function isCovered(node: TSESTree.Node, { statements, tries, alternates }: Removal): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (statements.has(at)) return true;
    const outer: TSESTree.Node | undefined = at.parent;
    if (at.type === T.CatchClause && tries.get(at.parent)?.handler === true) return true;
    if (outer?.type === T.TryStatement && outer.finalizer === at && tries.get(outer)?.finalizer === true) return true;
    if (outer?.type === T.IfStatement && outer.alternate === at && alternates.has(outer)) return true;
  }
  return false;
}

export function applyRemoval(plan: Plan, removal: Removal, source: Source, bindings: Bindings): void {
  for (const statement of removal.statements) if (!isCovered(statement, removal)) removeStatement(plan, statement, source);
  for (const statement of removal.alternates) {
    if (statement.alternate && !isCovered(statement, removal)) removeRange(plan, { start: statement.consequent.range[1], end: statement.alternate.range[1] }, source);
  }
  for (const [statement, gone] of removal.tries) {
    if (isCovered(statement, removal)) continue;
    const handlerStays = statement.handler !== null && !gone.handler;
    const finalizerStays = statement.finalizer !== null && !gone.finalizer;
    if (!handlerStays && !finalizerStays) unwrapTry(plan, statement, source, clashes(statement.block, bindings));
    else if (handlerStays && gone.finalizer && statement.handler) dropTail(plan, { start: statement.handler.range[1], end: statement.range[1] }, source);
    else if (finalizerStays && gone.handler && statement.handler) {
      const range = { start: statement.block.range[1], end: statement.handler.range[1] };
      // What a comment there says is of the catch: where there is one it stays, and throws again.
      if (source.commentsIn(range).length === 0) plan.remove(range);
      else for (const inner of removal.statements) if (within(inner, statement.handler)) removeStatement(plan, inner, source);
    }
  }
}

/** Removes ` finally {...}` behind a `catch`; its comments follow on lines of their own. */
function dropTail(plan: Plan, range: { start: number; end: number }, source: Source): void {
  const indent = source.indentAt(range.start);
  const comments = source.commentsIn(range).map((comment) => `${source.newline}${indent}${source.slice({ start: comment.range[0], end: comment.range[1] })}`);
  plan.replace(range, comments.join(''));
}

/** A name that the block declares means something else around it. */
function clashes(block: TSESTree.BlockStatement, bindings: Bindings): boolean {
  const declared = new Set<string>();
  const scope = bindings.scopes.scopes.find((one) => one.block === block);
  for (const variable of scope?.variables ?? []) declared.add(variable.name);
  if (declared.size === 0) return false;
  const around = scope?.upper;
  if (around?.variables.some((variable) => declared.has(variable.name) && variable.defs.length > 0)) return true;
  let clash = false;
  if (around?.block) {
    walk(around.block, (node) => {
      if ((node.type === T.Identifier || node.type === T.JSXIdentifier) && declared.has(node.name) && !within(node, block) && isName(node)) clash = true;
    });
  }
  return clash;
}

/** The identifier stands for a variable, not for a member. */
function isName(node: TSESTree.Node): boolean {
  const { parent } = node;
  if (parent?.type === T.MemberExpression && parent.property === node && !parent.computed) return false;
  return !(parent?.type === T.Property && parent.key === node && !parent.computed && !parent.shorthand);
}
