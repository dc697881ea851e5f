import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { bindParameters } from './bindings';
import { initialiseField } from './classes';
import { evaluate } from './expressions';
import { FlowBuilder } from './flow-builder';
import type { FlowGraph, FlowRoot } from './graph';
import { runStatements } from './statements';

export interface FlowOptions {
  /** The most nodes that the graph may have; then it is truncated. Default 20,000. */
  readonly nodeBudget?: number;
}

/** Builds the graph of one function, static block, field initialiser or module body. Functions inside it are `closure` nodes. */
export function buildFlowGraph(root: FlowRoot, { nodeBudget = 20_000 }: FlowOptions = {}): FlowGraph {
  const flow = new FlowBuilder(root, nodeBudget);
  switch (root.type) {
    case T.Program:
    case T.StaticBlock:
      runStatements(flow, root.body);
      break;
    case T.PropertyDefinition:
    case T.AccessorProperty:
      initialiseField(flow, root);
      break;
    default:
      bindParameters(flow, root.params);
      runBody(flow, root.body);
  }
  return flow.finish();
}

/** An arrow function's expression is what it returns, and stands for the `return`. */
function runBody(flow: FlowBuilder, body: TSESTree.BlockStatement | TSESTree.Expression): void {
  if (body.type === T.BlockStatement) {
    runStatements(flow, body.body);
    return;
  }
  evaluate(flow, body);
  flow.add('return', body);
}
