import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Range } from '../../findings';
import type { FlowNode } from '../../flow/graph';
import { isLocalTo } from '../../syntax/bindings';
import { calleeName, isFunction, unwrap, within } from '../../syntax/nodes';
import type { ResourceCase } from '../case';
import type { OldRelease } from './oldReleases';
import { PURE_CONSTRUCTORS, PURE_FUNCTIONS, PURE_METHODS, PURE_NAMESPACES } from './pure';

/**
 * Something with an effect that can run behind a release and before the scope (`region`) ends: were the release left to the scope, it would come
 * first. Undefined when there is nothing. `counts`: which effects are looked for; all by default.
 */
export function effectAfter(release: OldRelease, region: Range, given: ResourceCase, others: readonly OldRelease[], counts: (effect: TSESTree.Node) => boolean = () => true): TSESTree.Node | undefined {
  const graph = given.ctx.graphOf(given.obligation.root);
  const [acquire] = given.obligation.site.call.range;
  const seen = new Set<FlowNode>();
  const pending: FlowNode[] = [];
  const own = (node: TSESTree.Node): boolean => within(node, placeOfRelease(release));
  for (const node of graph.nodesOf(release.call)) for (const edge of node.out) if (edge.kind !== 'throw') pending.push(edge.to);
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const { ast } = node;
    if (ast.range[0] < region.start || ast.range[1] > region.end || ast === given.obligation.root) continue;
    if (given.obligation.input.starts.has(node)) continue;
    const ours = own(ast) || others.some((other) => within(ast, placeOfRelease(other)));
    // What was declared before goes after the resource in any case.
    const stays = node.kind === 'dispose' && ast.range[0] < acquire;
    if (!ours && !stays && hasEffect(node, given) && counts(ast)) return ast;
    for (const edge of node.out) if (edge.kind !== 'throw' || !ours) pending.push(edge.to);
  }
  return undefined;
}

/** What of the code is the release: its statement, or its part of several. */
function placeOfRelease({ statement, expression, together }: OldRelease): TSESTree.Node {
  return together === undefined ? statement : expression;
}

function hasEffect({ kind, ast }: FlowNode, given: ResourceCase): boolean {
  switch (kind) {
    case 'call':
      return !isPureCall(ast, given);
    case 'await':
    case 'yield':
    case 'event':
    case 'dispose':
    case 'halt':
      return true;
    case 'iterate':
      return ast.type === T.ForOfStatement && ast.await;
    case 'assign':
      return ast.type === T.AssignmentExpression && !writesLocally(ast.left, given);
    default:
      return false;
  }
}

function writesLocally(target: TSESTree.Node, { ctx, obligation }: ResourceCase): boolean {
  if (target.type === T.ObjectPattern || target.type === T.ArrayPattern) return false;
  const root = unwrap(target);
  // A member of an object that was just made is as good as a variable; of any other it may be seen from outside.
  if (root.type !== T.Identifier) return false;
  const variable = ctx.bindings.variableOf(root);
  return variable !== undefined && isLocalTo(variable, root) && variable.scope.variableScope.block === obligation.root;
}

/** Computes something from values and touches nothing else. */
export function isPureCall(node: TSESTree.Node, { ctx }: ResourceCase): boolean {
  if (node.type === T.NewExpression) return node.callee.type === T.Identifier && ctx.bindings.isGlobal(node.callee) && (PURE_CONSTRUCTORS.has(node.callee.name) || /Error$/.test(node.callee.name));
  if (node.type !== T.CallExpression) return node.type !== T.TaggedTemplateExpression && node.type !== T.ImportExpression;
  const callee = unwrap(node.callee);
  if (node.arguments.some((argument) => isFunction(argument))) return false;
  if (callee.type === T.Identifier) return ctx.bindings.isGlobal(callee) && PURE_FUNCTIONS.has(callee.name);
  if (callee.type !== T.MemberExpression) return false;
  const object = unwrap(callee.object);
  const name = calleeName(node) ?? '';
  if (object.type === T.Identifier && ctx.bindings.isGlobal(object)) return PURE_NAMESPACES.get(object.name)?.has(name) ?? false;
  return PURE_METHODS.has(name);
}
