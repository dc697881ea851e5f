import type { TSESTree } from '@typescript-eslint/types';

/** Code that gets a graph of its own. */
export type FlowRoot =
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression
  | TSESTree.ArrowFunctionExpression
  | TSESTree.StaticBlock
  | TSESTree.PropertyDefinition
  | TSESTree.AccessorProperty
  | TSESTree.Program;

/**
 * What happens at a node. Only what can matter to a resource is a node; pure expressions are not.
 *
 * `entry`, `exit` (normal end, `return`), `throw` exits (`raise`) and `halt` (the process ends) are single in a graph.
 * `call`: CallExpression, NewExpression, TaggedTemplateExpression, ImportExpression, after its arguments are evaluated.
 * `await`, `yield`: after the operand. `assign`: a VariableDeclarator with a value, an AssignmentExpression, an update, a loop's
 * binding, a parameter default; after the value. `test`: a leaf condition. `case`: one `case` test of a switch. `iterate`: one step of
 * for-of / for-await / for-in. `return`, `throw`: the statements, after their argument. `closure`: a function or class expression
 * is created (its captures are taken). `event`: a callback given to a call that runs it at an outcome. `dispose`: the scope exit
 * that releases a `using` declaration. `declare`: a declaration without a value (`let x;`).
 */
export type FlowNodeKind =
  | 'entry'
  | 'exit'
  | 'raise'
  | 'halt'
  | 'call'
  | 'await'
  | 'yield'
  | 'assign'
  | 'declare'
  | 'test'
  | 'case'
  | 'iterate'
  | 'return'
  | 'throw'
  | 'closure'
  | 'event'
  | 'catch'
  | 'dispose';

/**
 * `next`: normal completion. `true` / `false`: of a test, a case, an iteration step (`true`: there is another element).
 * `throw`: the node throws (how likely is not the graph's to say: see grade.ts). `return`: at a `yield`, the consumer calls return().
 */
export type FlowEdgeKind = 'next' | 'true' | 'false' | 'throw' | 'return';

export interface FlowEdge {
  readonly kind: FlowEdgeKind;
  readonly to: FlowNode;
}

export interface FlowNode {
  readonly id: number;
  readonly kind: FlowNodeKind;
  /** The syntax that the node stands for; the root itself for entry, exit, raise and halt. */
  readonly ast: TSESTree.Node;
  /** For `test`: what is asked of the value of `ast`. `truthy`: true edge when truthy; `nullish`: true edge when null or undefined. */
  readonly asks?: 'truthy' | 'nullish';
  /** For `event`: the outcomes at which the callback runs: `['close']`, `['fulfilled']`, `['rejected']`, `['settled']`. */
  readonly events?: readonly string[];
  readonly out: FlowEdge[];
}

export interface FlowGraph {
  readonly root: FlowRoot;
  readonly entry: FlowNode;
  /** Normal end: falls off the end, or returns. */
  readonly exit: FlowNode;
  /** An error leaves the function. */
  readonly raise: FlowNode;
  /** The process ends (`process.exit()`). */
  readonly halt: FlowNode;
  readonly nodes: readonly FlowNode[];
  /** The nodes that stand for this syntax: several where a `finally` block is entered by several completions, none if unreachable. */
  nodesOf(ast: TSESTree.Node): readonly FlowNode[];
  /** The function was too large: the graph is not complete and no finding above tier hint may rest on it. */
  readonly truncated: boolean;
}
