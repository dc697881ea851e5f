import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { unwrap } from '../syntax/nodes';
import { assignShortCircuit, isShortCircuit } from './conditions';
import { evaluate } from './expressions';
import type { FlowBuilder } from './flow-builder';

/** `target = value`, and the compound and short-circuit forms. */
export function evaluateAssignment(flow: FlowBuilder, node: TSESTree.AssignmentExpression): void {
  if (isShortCircuit(node)) {
    flow.join(assignShortCircuit(flow, node));
    return;
  }
  evaluateTarget(flow, node.left);
  evaluate(flow, node.right);
  assign(flow, node, node.left);
}

/** What of a simple target is evaluated before the value: `f().x`, `a[i++]`. Patterns wait for the value. */
export function evaluateTarget(flow: FlowBuilder, target: TSESTree.Node): void {
  const bare = unwrap(target);
  if (bare.type === T.MemberExpression) evaluate(flow, bare);
}

/** Adds the `assign` node for a value that is there, and takes a pattern apart. `at` is the node's syntax. */
export function assign(flow: FlowBuilder, at: TSESTree.Node, target: TSESTree.Node): void {
  const pattern = isPattern(target);
  flow.add('assign', at, { mayThrow: pattern });
  if (pattern) fillPattern(flow, target);
}

function isPattern(node: TSESTree.Node): boolean {
  return node.type === T.ObjectPattern || node.type === T.ArrayPattern;
}

/** What happens inside a pattern after the value was taken apart: computed keys, defaults, member targets, in order. */
function fillPattern(flow: FlowBuilder, node: TSESTree.Node): void {
  if (!flow.descend()) return;
  switch (node.type) {
    case T.ObjectPattern:
      for (const property of node.properties) {
        if (property.type === T.Property && property.computed) evaluate(flow, property.key);
        fillPattern(flow, property.type === T.Property ? property.value : property.argument);
      }
      break;
    case T.ArrayPattern:
      for (const element of node.elements) if (element) fillPattern(flow, element);
      break;
    case T.RestElement:
      fillPattern(flow, node.argument);
      break;
    case T.AssignmentPattern:
      // A member target is evaluated before the value is looked at, a pattern is filled after.
      evaluateTarget(flow, node.left);
      fillDefault(flow, node);
      if (isPattern(node.left)) fillPattern(flow, node.left);
      break;
    default:
      evaluateTarget(flow, node);
  }
  flow.ascend();
}

/**
 * `target = fallback` in a pattern or parameter list. The fallback is taken for undefined only; the test asks for
 * nullish, which differs for null, and null is what no library hands out where a default is declared.
 */
function fillDefault(flow: FlowBuilder, node: TSESTree.AssignmentPattern): void {
  const { yes, no } = flow.branch('test', node.left, { asks: 'nullish' });
  flow.frontier = yes;
  evaluate(flow, node.right);
  flow.add('assign', node);
  flow.join(no);
}

/** Parameters, as the function is entered: defaults, then what patterns take apart. Plain names are no event. */
export function bindParameters(flow: FlowBuilder, parameters: readonly TSESTree.Parameter[]): void {
  for (const parameter of parameters) bindParameter(flow, parameter.type === T.TSParameterProperty ? parameter.parameter : parameter);
}

/** Binds a parameter (a catch clause's too) to a value that is there. */
export function bindParameter(flow: FlowBuilder, parameter: TSESTree.Node): void {
  switch (parameter.type) {
    case T.AssignmentPattern:
      fillDefault(flow, parameter);
      bindParameter(flow, parameter.left);
      return;
    case T.RestElement:
      bindParameter(flow, parameter.argument);
      return;
    case T.ObjectPattern:
    case T.ArrayPattern:
      assign(flow, parameter, parameter);
      return;
    default:
  }
}
