import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { unwrap } from '../syntax/nodes';
import { assign, evaluateTarget } from './bindings';
import { evaluateChain } from './chains';
import { addAll } from './dangling';
import { evaluate } from './expressions';
import type { Branches, FlowBuilder } from './flow-builder';

/** Evaluates an expression for its truth: `&&`, `||`, `??`, `!`, `?:` and optional chains come apart into leaf tests. Leaves the frontier empty. */
export function evaluateCondition(flow: FlowBuilder, node: TSESTree.Node): Branches {
  if (!flow.descend()) return { yes: [], no: [] };
  const branches = condition(flow, node);
  flow.ascend();
  return branches;
}

function condition(flow: FlowBuilder, node: TSESTree.Node): Branches {
  switch (node.type) {
    case T.TSAsExpression:
    case T.TSNonNullExpression:
    case T.TSSatisfiesExpression:
    case T.TSTypeAssertion:
      return evaluateCondition(flow, node.expression);
    case T.UnaryExpression: {
      if (node.operator !== '!') break;
      const { yes, no } = evaluateCondition(flow, node.argument);
      return { yes: no, no: yes };
    }
    case T.LogicalExpression:
      return node.operator === '??' ? coalescing(flow, node) : connected(flow, node);
    case T.ConditionalExpression: {
      const { yes, no } = evaluateCondition(flow, node.test);
      flow.frontier = yes;
      const then = evaluateCondition(flow, node.consequent);
      flow.frontier = no;
      const otherwise = evaluateCondition(flow, node.alternate);
      return { yes: addAll(then.yes, otherwise.yes), no: addAll(then.no, otherwise.no) };
    }
    case T.SequenceExpression: {
      const last = node.expressions.at(-1);
      for (const expression of node.expressions.slice(0, -1)) evaluate(flow, expression);
      return last === undefined ? testLeaf(flow, node) : evaluateCondition(flow, last);
    }
    case T.AssignmentExpression:
      if (isShortCircuit(node)) return shortCircuitCondition(flow, node);
      break;
    case T.ChainExpression: {
      const skipped = evaluateChain(flow, node.expression);
      const { yes, no } = testLeaf(flow, node);
      return { yes, no: addAll(no, skipped) };
    }
    case T.Literal:
      if (node.value !== null || node.raw === 'null') return node.value ? { yes: flow.take(), no: [] } : { yes: [], no: flow.take() };
      break;
    default:
  }
  evaluate(flow, node);
  return testLeaf(flow, node);
}

function testLeaf(flow: FlowBuilder, node: TSESTree.Node): Branches {
  return flow.branch('test', unwrap(node), { asks: 'truthy' });
}

/** `a && b && c`, `a || b || c`: left-deep, so that long ones are gone through in a loop. */
function connected(flow: FlowBuilder, node: TSESTree.LogicalExpression): Branches {
  let yes: Branches['yes'] = [];
  let no: Branches['no'] = [];
  const operands = operandsOf(node);
  for (const [index, operand] of operands.entries()) {
    const branches = evaluateCondition(flow, operand);
    const last = index === operands.length - 1;
    if (node.operator === '&&') {
      no = addAll(no, branches.no);
      if (last) yes = branches.yes;
      else flow.frontier = branches.yes;
    } else {
      yes = addAll(yes, branches.yes);
      if (last) no = branches.no;
      else flow.frontier = branches.no;
    }
  }
  return { yes, no };
}

/** `a ?? b` for its truth: what is not nullish is still to be tested. */
function coalescing(flow: FlowBuilder, node: TSESTree.LogicalExpression): Branches {
  const nullish = evaluateNullish(flow, node.left);
  flow.frontier = nullish.no;
  const left = testLeaf(flow, node.left);
  flow.frontier = nullish.yes;
  const right = evaluateCondition(flow, node.right);
  return { yes: addAll(left.yes, right.yes), no: addAll(left.no, right.no) };
}

function shortCircuitCondition(flow: FlowBuilder, node: TSESTree.AssignmentExpression): Branches {
  const kept = assignShortCircuit(flow, node);
  const assigned = testLeaf(flow, node);
  flow.frontier = kept;
  if (node.operator === '&&=') return { yes: assigned.yes, no: addAll(assigned.no, flow.take()) };
  if (node.operator === '||=') return { yes: addAll(assigned.yes, flow.take()), no: assigned.no };
  const left = testLeaf(flow, node.left);
  return { yes: addAll(assigned.yes, left.yes), no: addAll(assigned.no, left.no) };
}

export function isShortCircuit(node: TSESTree.AssignmentExpression): boolean {
  return node.operator === '??=' || node.operator === '||=' || node.operator === '&&=';
}

/** `a ??= b`: leaves the frontier where the assignment was made, and gives the edges on which it was not. */
export function assignShortCircuit(flow: FlowBuilder, node: TSESTree.AssignmentExpression): Branches['yes'] {
  evaluateTarget(flow, node.left);
  const asks = node.operator === '??=' ? 'nullish' : 'truthy';
  const { yes, no } = flow.branch('test', unwrap(node.left), { asks });
  const [assigning, kept] = node.operator === '||=' ? [no, yes] : [yes, no];
  flow.frontier = assigning;
  evaluate(flow, node.right);
  assign(flow, node, node.left);
  return kept;
}

/** Evaluates an expression and asks whether it is null or undefined. Leaves the frontier empty. */
function evaluateNullish(flow: FlowBuilder, node: TSESTree.Node): Branches {
  if (node.type === T.Literal && node.raw === 'null') return { yes: flow.take(), no: [] };
  const skipped = node.type === T.ChainExpression ? evaluateChain(flow, node.expression) : [];
  if (node.type !== T.ChainExpression) evaluate(flow, node);
  const { yes, no } = flow.branch('test', unwrap(node), { asks: 'nullish' });
  return { yes: addAll(yes, skipped), no };
}

/** A logical expression for its value: leaves the frontier where the value is there, whichever operand gave it. */
export function evaluateLogical(flow: FlowBuilder, node: TSESTree.LogicalExpression): void {
  let done: Branches['yes'] = [];
  const operands = operandsOf(node);
  for (const [index, operand] of operands.entries()) {
    if (index === operands.length - 1) {
      evaluate(flow, operand);
    } else {
      const { yes, no } = node.operator === '??' ? evaluateNullish(flow, operand) : evaluateCondition(flow, operand);
      done = addAll(done, node.operator === '||' ? yes : no);
      flow.frontier = node.operator === '||' ? no : yes;
    }
  }
  flow.join(done);
}

/** The operands of `a op b op c`, which nests to the left. */
function operandsOf(node: TSESTree.LogicalExpression): TSESTree.Expression[] {
  const operands = [node.right];
  let left: TSESTree.Expression = node.left;
  while (left.type === T.LogicalExpression && left.operator === node.operator) {
    operands.push(left.right);
    left = left.left;
  }
  operands.push(left);
  return operands.reverse();
}
