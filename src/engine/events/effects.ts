import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import type { FunctionNode } from '../syntax/nodes';
import { calleeName, isFunction, rootOf } from '../syntax/nodes';
import { walk } from '../syntax/visit';

const EFFECTS = new Set(['useEffect', 'useLayoutEffect', 'useInsertionEffect']);

/** An effect of a component, and whether it gives a cleanup on some path. */
export interface Effect {
  readonly fn: FunctionNode;
  readonly gives: boolean;
}

/** The effect that a call hands to the component; undefined for other calls and for effects whose value is what another call gives. */
export function effectOf(node: TSESTree.Node, ctx: Context): Effect | undefined {
  if (node.type !== T.CallExpression || !EFFECTS.has(ctx.calleeName(node) ?? '')) return undefined;
  const [fn] = node.arguments;
  // `() => subscribe(f)` gives what `subscribe` gives.
  if (!isFunction(fn) || fn.async || fn.body?.type !== T.BlockStatement) return undefined;
  let gives = false;
  walk(fn.body, (inner) => {
    if (inner.type === T.ReturnStatement && givesCleanup(inner) && rootOf(inner) === fn) gives = true;
  });
  return { fn, gives };
}

/** A `return` of an effect that gives something. */
export function givesCleanup({ argument }: TSESTree.ReturnStatement): boolean {
  return argument !== null && !(argument.type === T.Identifier && argument.name === 'undefined');
}

/** The effect runs once, in a component that this file renders as the whole page: it lives as long as that. */
export function isOfPage(node: TSESTree.Node, { fn }: Effect, ctx: Context): boolean {
  const list = node.type === T.CallExpression ? node.arguments[1] : undefined;
  if (list?.type !== T.ArrayExpression || list.elements.length > 0) return false;
  const component = rootOf(fn);
  const name = isFunction(component) ? ctx.bindings.nameOf(component) : undefined;
  return name?.references.some(({ identifier }) => identifier.parent.type === T.JSXOpeningElement && isRendered(identifier)) ?? false;
}

/** In the JSX that `ReactDOM.render(<App />, element)`, `createRoot(element).render(<App />)`, `hydrateRoot(element, <App />)` are given. */
function isRendered(node: TSESTree.Node): boolean {
  for (let at = node.parent; at !== undefined && !isFunction(at); at = at.parent) if (at.type === T.CallExpression && /^(?:render|hydrate|hydrateRoot)$/.test(calleeName(at) ?? '')) return true;
  return false;
}
