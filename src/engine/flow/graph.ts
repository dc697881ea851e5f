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
 * binding (its VariableDeclarator, or the target), a parameter's pattern, a default in a pattern or parameter list
 * (AssignmentPattern), a field (PropertyDefinition); after the value. `test`: a leaf condition, type wrappers taken off; the loop
 * itself for one in which nothing happens. `case`: one SwitchCase's test. `iterate`: one step of for-of / for-await / for-in (the
 * statement). `return`, `throw`: the statements, after their argument; for an arrow function without a block its expression is
 * the `return`. `closure`: a function or class expression, or a class declaration, is created (its captures are taken).
 * `event`: a callback (its expression) was given to a call that runs it at an outcome. `catch`: a CatchClause is entered.
 * `dispose`: the scope exit that releases a `using` declaration (its VariableDeclarator). `declare`: a declaration without a
 * value (`let x;`).
 *
 * One expression may have nodes of several kinds: `if (f())` is a `call` and a `test`, an inline callback a `closure` and an `event`.
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
 * Says how the node was left, not where to: after a `finally` block that an error passes through, a `next` edge leads to `raise`.
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
  /**
   * For `event`: the outcomes at which the callback runs: an emitter's event (`['close']`), `['fulfilled']`, `['rejected']`,
   * `['settled']`, `['now']`, `['later']`, `['repeated']`. Empty: an event whose name is not written there.
   */
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
