import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { evaluate } from './expressions';
import type { FlowBuilder } from './flow-builder';

/** A JSX element: its attributes and then its children, in source order. Creating the element itself is no event. */
export function evaluateElement(flow: FlowBuilder, node: TSESTree.JSXElement | TSESTree.JSXFragment): void {
  if (node.type === T.JSXElement) for (const attribute of node.openingElement.attributes) evaluateAttribute(flow, attribute);
  for (const child of node.children) evaluatePart(flow, child);
}

function evaluateAttribute(flow: FlowBuilder, attribute: TSESTree.JSXAttribute | TSESTree.JSXSpreadAttribute): void {
  if (attribute.type === T.JSXSpreadAttribute) evaluate(flow, attribute.argument);
  else if (attribute.value) evaluatePart(flow, attribute.value);
}

function evaluatePart(flow: FlowBuilder, part: TSESTree.Node): void {
  if (part.type === T.JSXExpressionContainer || part.type === T.JSXSpreadChild) evaluate(flow, part.expression);
  else evaluate(flow, part);
}
