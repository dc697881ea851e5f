import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { ClassNode } from '../syntax/nodes';
import { evaluate } from './expressions';
import type { FlowBuilder } from './flow-builder';
import { runStatements } from './statements';

/**
 * A class as it is evaluated: decorators, the base class, computed keys; then the class is there (`closure`), and static fields
 * and static blocks run in order. Instance fields run at construction and have graphs of their own.
 */
export function evaluateClass(flow: FlowBuilder, node: ClassNode): void {
  for (const decorator of node.decorators) evaluate(flow, decorator.expression);
  if (node.superClass) evaluate(flow, node.superClass);
  for (const element of node.body.body) evaluateKey(flow, element);
  flow.add('closure', node);
  for (const element of node.body.body) runStatic(flow, element);
}

function evaluateKey(flow: FlowBuilder, element: TSESTree.ClassElement): void {
  if (element.type === T.StaticBlock || element.type === T.TSIndexSignature) return;
  for (const decorator of element.decorators) evaluate(flow, decorator.expression);
  if (element.computed) evaluate(flow, element.key);
}

function runStatic(flow: FlowBuilder, element: TSESTree.ClassElement): void {
  if (element.type === T.StaticBlock) runStatements(flow, element.body);
  else if ((element.type === T.PropertyDefinition || element.type === T.AccessorProperty) && element.static) initialiseField(flow, element);
}

/** The value of a field, assigned to it. */
export function initialiseField(flow: FlowBuilder, field: TSESTree.PropertyDefinition | TSESTree.AccessorProperty): void {
  if (!field.value) return;
  evaluate(flow, field.value);
  flow.add('assign', field);
}
