import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowRoot } from '../flow/graph';

export type FunctionNode = TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;
export type CallNode = TSESTree.CallExpression | TSESTree.NewExpression;
export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

type Wrapper = TSESTree.TSAsExpression | TSESTree.TSNonNullExpression | TSESTree.TSSatisfiesExpression | TSESTree.TSTypeAssertion | TSESTree.TSInstantiationExpression | TSESTree.ChainExpression;

export function isFunction(node: TSESTree.Node | null | undefined): node is FunctionNode {
  return node?.type === T.FunctionDeclaration || node?.type === T.FunctionExpression || node?.type === T.ArrowFunctionExpression;
}

export function isCall(node: TSESTree.Node | null | undefined): node is CallNode {
  return node?.type === T.CallExpression || node?.type === T.NewExpression;
}

export function isClass(node: TSESTree.Node | null | undefined): node is ClassNode {
  return node?.type === T.ClassDeclaration || node?.type === T.ClassExpression;
}

export function isUsing(node: TSESTree.Node): node is TSESTree.VariableDeclaration {
  return node.type === T.VariableDeclaration && (node.kind === 'using' || node.kind === 'await using');
}

export function isLoop(node: TSESTree.Node): boolean {
  return /^(For|ForOf|ForIn|While|DoWhile)Statement$/.test(node.type);
}

/** What changes a type but not a value: `as`, `!`, `satisfies`, `<T>x`, the wrapper around an optional chain. */
export function isWrapper(node: TSESTree.Node): node is Wrapper {
  switch (node.type) {
    case T.TSAsExpression:
    case T.TSNonNullExpression:
    case T.TSSatisfiesExpression:
    case T.TSTypeAssertion:
    case T.TSInstantiationExpression:
    case T.ChainExpression:
      return true;
    default:
      return false;
  }
}

/** Takes such wrappers off. */
export function unwrap(node: TSESTree.Node): TSESTree.Node {
  let at = node;
  while (isWrapper(at)) at = at.expression;
  return at;
}

/** As `unwrap`, and through `await`: the expression that makes the value. */
export function unwrapAwait(node: TSESTree.Node): TSESTree.Node {
  let at = unwrap(node);
  while (at.type === T.AwaitExpression) at = unwrap(at.argument);
  return at;
}

/** The outermost expression with the same value: the reverse of `unwrap`. */
export function wrapped(node: TSESTree.Node): TSESTree.Node {
  let at = node;
  while (at.parent !== undefined && isWrapper(at.parent) && at.parent.expression === at) at = at.parent;
  return at;
}

/** The name of a member that is known without running the code: `.x`, `['x']`, `[0]`, `.#x`. */
export function staticName(node: TSESTree.MemberExpression | TSESTree.Property | TSESTree.PropertyDefinition | TSESTree.MethodDefinition): string | undefined {
  const key = node.type === T.MemberExpression ? node.property : node.key;
  if (key.type === T.PrivateIdentifier) return `#${key.name}`;
  if (key.type === T.Literal && (typeof key.value === 'string' || typeof key.value === 'number')) return String(key.value);
  if (!node.computed && key.type === T.Identifier) return key.name;
  if (node.computed && key.type === T.MemberExpression && key.object.type === T.Identifier && key.object.name === 'Symbol' && key.property.type === T.Identifier) {
    return `Symbol.${key.property.name}`;
  }
  return undefined;
}

/** The last name of what is called: `connect` of `this.pool.connect()`, `Pool` of `new pg.Pool()`. */
export function calleeName(call: CallNode): string | undefined {
  return lastName(call.callee);
}

/** What a method is called on; undefined for plain functions. */
export function receiverOf(call: CallNode): TSESTree.Node | undefined {
  const callee = unwrap(call.callee);
  return callee.type === T.MemberExpression ? callee.object : undefined;
}

/** The event that a call names first: `'data'` of `stream.on('data', listener)`. */
export function eventNameOf(call: CallNode): string | undefined {
  const [event] = call.arguments;
  return event?.type === T.Literal && typeof event.value === 'string' ? event.value : undefined;
}

/** The last name in an expression: `x`, `a.x`, `this.x`, `a?.x`. */
export function lastName(expression: TSESTree.Node): string | undefined {
  const node = unwrap(expression);
  if (node.type === T.Identifier) return node.name;
  if (node.type === T.MemberExpression) return staticName(node);
  if (node.type === T.CallExpression) return lastName(node.callee);
  if (node.type === T.AwaitExpression) return lastName(node.argument);
  return undefined;
}

/** The function, class part or module whose graph holds the node. A parameter default belongs to its function. */
export function rootOf(node: TSESTree.Node): FlowRoot {
  let at: TSESTree.Node = node;
  for (;;) {
    const parent: TSESTree.Node | undefined = at.parent;
    if (parent === undefined) {
      if (at.type === T.Program) return at;
      throw new Error('a node stands outside of any program');
    }
    if (isFunction(parent) || parent.type === T.StaticBlock || parent.type === T.Program) return parent;
    if ((parent.type === T.PropertyDefinition || parent.type === T.AccessorProperty) && parent.value === at) return parent;
    at = parent;
  }
}

/** True when `node` lies inside `ancestor` (or is it). */
export function within(node: TSESTree.Node, ancestor: TSESTree.Node): boolean {
  return node.range[0] >= ancestor.range[0] && node.range[1] <= ancestor.range[1];
}

/** The nearest loop around the node within its function. */
export function enclosingLoop(node: TSESTree.Node): TSESTree.Node | undefined {
  for (let at: TSESTree.Node | undefined = node.parent; at !== undefined && !isFunction(at) && at.type !== T.StaticBlock; at = at.parent) {
    if (isLoop(at)) return at;
  }
  return undefined;
}

/** The outermost function inside of the root that the node stands in; undefined for the root's own code. */
export function closureAround(node: TSESTree.Node, root: TSESTree.Node): FunctionNode | undefined {
  let found: FunctionNode | undefined;
  for (let at: TSESTree.Node | undefined = node; at !== undefined && at !== root; at = at.parent) if (isFunction(at)) found = at;
  return found;
}

/** The class that a method, field or static block belongs to. */
export function enclosingClass(node: TSESTree.Node): ClassNode | undefined {
  let at = node.parent;
  while (at !== undefined && !isClass(at)) at = at.parent;
  return at;
}

/** The non-arrow function (or class part, or module) that `this` belongs to at the node. */
export function thisOwner(node: TSESTree.Node): FlowRoot {
  let root = rootOf(node);
  while (root.type === T.ArrowFunctionExpression) root = rootOf(root);
  return root;
}

export function isAsync(root: FlowRoot): boolean {
  return isFunction(root) && root.async;
}

/** What a function is called by where it is declared: its own name, that of the method, property or constant that it is. */
export function declaredName(fn: FunctionNode): string | undefined {
  if (fn.id) return fn.id.name;
  const { parent } = fn;
  if (parent.type === T.MethodDefinition || parent.type === T.PropertyDefinition || parent.type === T.Property) return staticName(parent)?.replace(/^#/, '');
  return parent.type === T.VariableDeclarator ? lastName(parent.id) : undefined;
}

/** Direct children, in source order. `parent` and other links are left out by the visitor keys. */
export function childrenOf(node: TSESTree.Node, keys: Readonly<Record<string, readonly string[] | undefined>>): TSESTree.Node[] {
  const children: TSESTree.Node[] = [];
  for (const key of keys[node.type] ?? []) {
    const value: unknown = Reflect.get(node, key);
    if (isNode(value)) children.push(value);
    else if (Array.isArray(value)) for (const item of value) if (isNode(item)) children.push(item);
  }
  return children;
}

export function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
