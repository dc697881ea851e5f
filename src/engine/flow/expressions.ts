import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { evaluateAssignment } from './bindings';
import { evaluateCall, evaluateChain } from './chains';
import { evaluateClass } from './classes';
import { evaluateCondition, evaluateLogical } from './conditions';
import { RETURNED } from './completions';
import type { Dangling } from './dangling';
import { addAll } from './dangling';
import type { FlowBuilder } from './flow-builder';
import { evaluateElement } from './jsx';

/** Evaluates an expression for its value, in JavaScript's order. The frontier is then where the value is there. */
export function evaluate(flow: FlowBuilder, node: TSESTree.Node): void {
  if (!flow.descend()) return;
  evaluateNode(flow, node);
  flow.ascend();
}

function evaluateNode(flow: FlowBuilder, node: TSESTree.Node): void {
  switch (node.type) {
    case T.MemberExpression:
    case T.CallExpression:
    case T.TSNonNullExpression:
      evaluateChain(flow, node);
      return;
    case T.ChainExpression:
      flow.join(evaluateChain(flow, node.expression));
      return;
    case T.NewExpression:
      evaluate(flow, node.callee);
      evaluateCall(flow, node);
      return;
    case T.ImportExpression:
      evaluate(flow, node.source);
      if (node.options) evaluate(flow, node.options);
      flow.add('call', node);
      return;
    case T.TaggedTemplateExpression:
      evaluate(flow, node.tag);
      evaluate(flow, node.quasi);
      flow.add('call', node);
      return;
    case T.AwaitExpression:
      evaluate(flow, node.argument);
      flow.add('await', node);
      return;
    case T.YieldExpression:
      evaluateYield(flow, node);
      return;
    case T.AssignmentExpression:
      evaluateAssignment(flow, node);
      return;
    case T.UpdateExpression:
      evaluate(flow, node.argument);
      flow.add('assign', node);
      return;
    case T.LogicalExpression:
      evaluateLogical(flow, node);
      return;
    case T.ConditionalExpression:
      evaluateConditional(flow, node);
      return;
    case T.BinaryExpression:
      evaluateBinary(flow, node);
      return;
    case T.FunctionExpression:
    case T.ArrowFunctionExpression:
      flow.add('closure', node);
      return;
    case T.ClassExpression:
      evaluateClass(flow, node);
      return;
    case T.JSXElement:
    case T.JSXFragment:
      evaluateElement(flow, node);
      return;
    case T.TSAsExpression:
    case T.TSSatisfiesExpression:
    case T.TSTypeAssertion:
    case T.TSInstantiationExpression:
      evaluate(flow, node.expression);
      return;
    case T.UnaryExpression:
    case T.SpreadElement:
      evaluate(flow, node.argument);
      return;
    case T.SequenceExpression:
    case T.TemplateLiteral:
      for (const expression of node.expressions) evaluate(flow, expression);
      return;
    case T.ArrayExpression:
      for (const element of node.elements) if (element) evaluate(flow, element);
      return;
    case T.ObjectExpression:
      for (const property of node.properties) evaluateProperty(flow, property);
      return;
    default:
      // Names, literals, `this`, `super`, types: nothing happens.
      return;
  }
}

export function evaluateArguments(flow: FlowBuilder, nodes: readonly TSESTree.CallExpressionArgument[]): void {
  for (const node of nodes) evaluate(flow, node);
}

function evaluateProperty(flow: FlowBuilder, property: TSESTree.ObjectLiteralElement): void {
  if (property.type === T.SpreadElement) {
    evaluate(flow, property.argument);
    return;
  }
  if (property.computed) evaluate(flow, property.key);
  if (!property.shorthand) evaluate(flow, property.value);
}

/** At a `yield` the consumer may go on, throw, or return. */
function evaluateYield(flow: FlowBuilder, node: TSESTree.YieldExpression): void {
  if (node.argument) evaluate(flow, node.argument);
  const added = flow.add('yield', node);
  if (added !== undefined) flow.complete(RETURNED, [{ from: added, kind: 'return' }]);
}

/** `a + b + c` nests to the left; long ones are gone through in a loop. */
function evaluateBinary(flow: FlowBuilder, node: TSESTree.BinaryExpression): void {
  const rights: TSESTree.Node[] = [node.right];
  let left: TSESTree.Node = node.left;
  while (left.type === T.BinaryExpression) {
    rights.push(left.right);
    left = left.left;
  }
  evaluate(flow, left);
  for (const right of rights.reverse()) evaluate(flow, right);
}

/** `a ? b : c ? d : e` nests to the right; long ones are gone through in a loop. */
function evaluateConditional(flow: FlowBuilder, node: TSESTree.ConditionalExpression): void {
  let done: Dangling[] = [];
  let rest: TSESTree.Node = node;
  while (rest.type === T.ConditionalExpression) {
    const { yes, no } = evaluateCondition(flow, rest.test);
    flow.frontier = yes;
    evaluate(flow, rest.consequent);
    done = addAll(done, flow.take());
    flow.frontier = no;
    rest = rest.alternate;
  }
  evaluate(flow, rest);
  flow.join(done);
}
