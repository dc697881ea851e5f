import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { calleeName, isFunction, staticName, unwrap } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import type { Context } from './context';

/** Methods that bring a resource up, and leave nothing behind when they fail. */
const OPENING = new Set(['connect', 'open', 'openUri', 'asPromise', 'initialize', 'listen', 'bindAsync', 'observe']);

/** Events that tell that it is up. */
const OPENED = new Set(['listening', 'connect', 'secureConnect', 'open', 'ready']);

/**
 * `client.connect()` on what is held, or a promise that waits for that: `new Promise((done) => server.listen(0, done))`,
 * `promisify(server.listen.bind(server))(0)`, `once(server, 'listening')`, a function of that name: `listen(server, 0)`. When it fails there is nothing open yet.
 */
export function opensHeld(expression: TSESTree.Node, isHeld: (node: TSESTree.Node) => boolean, ctx: Context): boolean {
  const node = unwrap(expression);
  const isMethod = (callee: TSESTree.Node): boolean => callee.type === T.MemberExpression && OPENING.has(staticName(callee) ?? '') && isHeld(callee.object);
  if (node.type === T.CallExpression) {
    if (isMethod(node.callee)) return true;
    const [target, event] = node.arguments;
    if (target !== undefined && OPENING.has(ctx.calleeName(node) ?? '') && isHeld(unwrap(target))) return true;
    if (ctx.calleeName(node) === 'once' && target !== undefined && event?.type === T.Literal && OPENED.has(String(event.value)) && isHeld(unwrap(target))) return true;
  }
  const made = node.type === T.NewExpression && calleeName(node) === 'Promise' ? node.arguments[0] : undefined;
  if (node.type !== T.CallExpression && !isFunction(made)) return false;
  let opens = false;
  walk(node, (inner) => {
    if (inner.type === T.MemberExpression && isMethod(inner) && (made !== undefined || !standsInFunction(inner, node))) opens = true;
  });
  return opens;
}

function standsInFunction(node: TSESTree.Node, limit: TSESTree.Node): boolean {
  for (let at = node.parent; at !== undefined && at !== limit; at = at.parent) if (isFunction(at)) return true;
  return false;
}
