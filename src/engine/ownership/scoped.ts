import type { Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowNode, FlowRoot } from '../flow/graph';
import { nearestNodes } from '../flow/nearest';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import { closureAround, isCall, isFunction, isUsing, rootOf, unwrapAwait } from '../syntax/nodes';
import type { Context } from './context';
import type { Landing } from './landing';
import { landingsOf } from './landing';
import { FLUENT_METHODS } from './sinks';

/** A name that `using` or `await using` declares: released when its block ends, however that ends. */
export interface Scoped {
  readonly declarator: TSESTree.VariableDeclarator;
  readonly variable: Variable;
  readonly name: string;
  readonly awaited: boolean;
  /** What gives the value; absent for the binding of a loop. */
  readonly init: TSESTree.Node | undefined;
  /** The block, loop, case, or module whose end releases it. */
  readonly block: TSESTree.Node;
  readonly root: FlowRoot;
}

/** The declarator as a scope; undefined for other declarations and for what does not parse as one name. */
export function scopedBy(declarator: TSESTree.Node, ctx: Context): Scoped | undefined {
  if (declarator.type !== T.VariableDeclarator || declarator.id.type !== T.Identifier) return undefined;
  const declaration = declarator.parent;
  if (!isUsing(declaration)) return undefined;
  const variable = ctx.bindings.variableOf(declarator.id);
  if (variable === undefined) return undefined;
  return {
    declarator,
    variable,
    name: declarator.id.name,
    awaited: declaration.kind === 'await using',
    init: declarator.init ?? undefined,
    block: declaration.parent,
    root: rootOf(declarator),
  };
}

/** The declarators of `using` whose scope the node stands in, within its function, innermost first. */
export function scopesAround(node: TSESTree.Node): TSESTree.VariableDeclarator[] {
  const found: TSESTree.VariableDeclarator[] = [];
  let at = node;
  for (let outer = node.parent; outer !== undefined && !isFunction(at); at = outer, outer = outer.parent) {
    for (const statement of declarationsIn(outer, at)) if (isUsing(statement)) found.push(...statement.declarations);
  }
  return found;
}

/** What the block (or loop head) declares before this child of it. */
function declarationsIn(block: TSESTree.Node, child: TSESTree.Node): readonly TSESTree.Node[] {
  switch (block.type) {
    case T.BlockStatement:
    case T.Program:
    case T.StaticBlock:
      return block.body.filter((statement) => statement.range[1] <= child.range[0]).reverse();
    case T.SwitchCase:
      return block.consequent.filter((statement) => statement.range[1] <= child.range[0]).reverse();
    case T.ForOfStatement:
      return child === block.body ? [block.left] : [];
    default:
      return [];
  }
}

/** One use of a scoped name, or of another name for it: where its value goes, and the function inside of the scope's own that does it. */
export interface ScopedUse {
  readonly at: TSESTree.Node;
  readonly landing: Landing;
  /** The outermost function around the use that is not the scope's own. */
  readonly closure: FunctionNode | undefined;
}

/** How many names for one value are followed. */
const ALIASES = 4;

/** All uses of a scoped name in its file, through constants that are other names for it. */
export function usesOf(scoped: Scoped, ctx: Context): ScopedUse[] {
  return usesOfVariable(scoped.variable, scoped.root, ctx, ALIASES);
}

function usesOfVariable(variable: Variable, root: FlowRoot, ctx: Context, depth: number): ScopedUse[] {
  return variable.references.flatMap((reference) => {
    if (!reference.isRead()) return [];
    const at = reference.identifier;
    const closure = closureAround(at, root);
    return landingsOf(at, [], (name) => FLUENT_METHODS.has(name)).flatMap((landing): ScopedUse[] => {
      const alias = landing.to === 'variable' && landing.path.length === 0 && !landing.using && depth > 0 ? ctx.bindings.variableOf(landing.id) : undefined;
      const isOtherName = alias !== undefined && landing.to === 'variable' && landing.at.type === T.VariableDeclarator && ctx.bindings.writesOf(alias).length === 1;
      return isOtherName ? usesOfVariable(alias, root, ctx, depth - 1) : [{ at, landing, closure }];
    });
  });
}

/** The call that gives what the scope holds; absent where it is a name, or made in another way. */
export function acquireOf({ init }: Scoped): CallNode | undefined {
  const value = init && unwrapAwait(init);
  return isCall(value) ? value : undefined;
}

/** Whether anything may run between the node and the end of the scope that is not plain computing: what stops there is `pauses`. */
export function isQuietUntilEnd(node: TSESTree.Node, { declarator, root }: Scoped, pauses: (node: FlowNode) => boolean, ctx: Context): boolean {
  const graph = ctx.graphOf(root);
  const ends = new Set(graph.nodesOf(declarator).filter((one) => one.kind === 'dispose'));
  const pending = nearestNodes(node, graph).flatMap((one) => one.out.map((edge) => edge.to));
  const seen = new Set<FlowNode>(pending);
  for (const at of seen) {
    if (ends.has(at)) continue;
    if (pauses(at)) return false;
    for (const edge of at.out) if (edge.kind !== 'throw') seen.add(edge.to);
  }
  return !graph.truncated;
}

/** The function waits there, and others run. */
export function isPause({ kind, ast }: FlowNode): boolean {
  if (kind === 'await' || kind === 'yield') return true;
  if (kind === 'iterate') return ast.type === T.ForOfStatement && ast.await;
  return kind === 'dispose' && ast.parent?.type === T.VariableDeclaration && ast.parent.kind === 'await using';
}
