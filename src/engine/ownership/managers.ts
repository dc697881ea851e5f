import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowEdge, FlowNode } from '../flow/graph';
import { gradeThrow } from '../flow/grade';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import { calleeName, isFunction, rootOf, unwrap } from '../syntax/nodes';
import type { Context } from './context';

/** A manager that is made of a generator function: before its `yield` it enters, after it it exits. */
export interface GeneratorManager {
  readonly call: TSESTree.CallExpression;
  readonly fn: FunctionNode;
}

/** What the runtime exports under this name, when that is what the call calls. */
export function runtimeFunction(call: CallNode, ctx: Context): string | undefined {
  const members = ctx.membersOf(call);
  if (members === 'local') return undefined;
  return members.find(({ module, member }) => module === 'managed-scope' && !member.includes('#'))?.member;
}

/** The manager that a call makes of a generator function of this file. */
export function generatorManagerOf(node: TSESTree.Node, ctx: Context): GeneratorManager | undefined {
  if (node.type !== T.CallExpression || !(calleeName(node) ?? '').length) return undefined;
  const name = runtimeFunction(node, ctx);
  const [made] = node.arguments;
  if ((name !== 'contextManager' && name !== 'asyncContextManager') || made === undefined) return undefined;
  const fn = ctx.bindings.functionOf(made);
  return fn?.generator && fn.body !== null ? { call: node, fn } : undefined;
}

/** A method of one of the runtime's exit stacks: by its type, its making, or by being what `scope` gives to its body. */
export function exitStackMethod(call: TSESTree.CallExpression, ctx: Context): { readonly name: string; readonly async: boolean } | undefined {
  const callee = unwrap(call.callee);
  const name = calleeName(call);
  if (callee.type !== T.MemberExpression || name === undefined) return undefined;
  const members = ctx.membersOf(call);
  if (members === 'local') return undefined;
  for (const { module, member } of members) {
    const [, cls] = /^(AsyncExitStack|ExitStack)#/.exec(member) ?? [];
    if (module === 'managed-scope' && cls !== undefined) return { name, async: cls === 'AsyncExitStack' };
  }
  return isScopeParameter(callee.object, ctx) ? { name, async: true } : undefined;
}

/** `scope(async (stack) => ...)`. */
function isScopeParameter(node: TSESTree.Node, ctx: Context): boolean {
  const definition = node.type === T.Identifier ? ctx.bindings.variableOf(node)?.defs[0] : undefined;
  if (definition?.type !== 'Parameter' || !isFunction(definition.node) || definition.node.params[0] !== definition.name) return false;
  const { parent } = definition.node;
  return parent.type === T.CallExpression && parent.arguments[0] === definition.node && runtimeFunction(parent, ctx) === 'scope';
}

/** The yields of a generator's own code; undefined when it delegates to another one, of which nobody knows how often it yields. */
export function yieldsOf(fn: FunctionNode, ctx: Context): readonly FlowNode[] | undefined {
  const yields = ctx.graphOf(fn).nodes.filter(({ kind, ast }) => kind === 'yield' && rootOf(ast) === fn);
  return yields.some(({ ast }) => ast.type === T.YieldExpression && ast.delegate) ? undefined : yields;
}

/** A way that the code may take while nobody closes the generator: what throws on purpose or likely is followed, what seldom does is not. */
export function isTaken(node: FlowNode, edge: FlowEdge, ctx: Context): boolean {
  if (edge.kind === 'return') return false;
  if (edge.kind === 'next' && node.kind === 'call' && ctx.neverReturns(node.ast)) return false;
  return edge.kind !== 'throw' || node.kind === 'throw' || node.kind === 'yield' || gradeThrow(node, ctx.throwKnowledge) === 'likely';
}

/** All nodes that follow on these edges, along the ways that `takes` permits. */
export function reachableFrom(edges: readonly FlowEdge[], takes: (node: FlowNode, edge: FlowEdge) => boolean): ReadonlySet<FlowNode> {
  const seen = new Set(edges.map((edge) => edge.to));
  for (const node of seen) for (const edge of node.out) if (takes(node, edge)) seen.add(edge.to);
  return seen;
}
