import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { calleeName, declaredName, enclosingClass, isFunction, rootOf, staticName, unwrap, within } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import { boundIn } from './identity';
import { factsOf } from './owners';

/** Words of what one asks to know whether to go on. */
const GOING_ON = /dispos|stop|clos|destroy|end|abort|cancel|activ|running|alive|enabl|connect|shut|mount|paus|retr|attempt|tries|count|left|remaining|done|finish|timer|timeout|interval|state|status/i;

/**
 * `poll() { ...; setTimeout(() => this.poll(), 1000); }`: an interval in disguise, for its method arms it again each time. Only where nothing there
 * is asked that could be the end of it.
 */
export function armsItselfAgain(call: TSESTree.CallExpression): boolean {
  const [callback] = call.arguments;
  const method = calleeName(call) === 'setTimeout' ? methodAround(call) : undefined;
  const cls = method && enclosingClass(method);
  const name = method && declaredName(method);
  if (callback === undefined || method === undefined || cls === undefined || name === undefined || name === 'constructor' || !calls(callback, name) || !isUnconditional(call, method)) return false;
  const { disposing, members } = factsOf(cls);
  const ofEnd = new Set([...members].flatMap(([field, mentions]) => (mentions.some((mention) => [...disposing].some((end) => end !== method && within(mention, end))) ? [field] : [])));
  let asked = false;
  walk(method, (node) => {
    // A way out on some condition is the end of it.
    if (node.type === T.ReturnStatement && rootOf(node) === method && node.parent !== method.body) asked = true;
    const test = node.type === T.IfStatement || node.type === T.ConditionalExpression || node.type === T.WhileStatement ? node.test : node.type === T.LogicalExpression ? node.left : undefined;
    if (test === undefined) return;
    walk(test, (part) => {
      const word = part.type === T.Identifier ? part.name : part.type === T.MemberExpression ? (staticName(part) ?? '') : '';
      if (ofEnd.has(word) || GOING_ON.test(word)) asked = true;
    });
  });
  return !asked;
}

/** The method (or the function that a field holds) whose own `this` the node has, arrow functions in between left out. */
function methodAround(node: TSESTree.Node): TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression | undefined {
  let root = rootOf(node);
  while (root.type === T.ArrowFunctionExpression && root.parent.type !== T.PropertyDefinition) root = rootOf(root);
  const isMember = root.parent?.type === T.MethodDefinition || root.parent?.type === T.PropertyDefinition;
  return isMember && (root.type === T.FunctionExpression || root.type === T.ArrowFunctionExpression) ? root : undefined;
}

/** The callback is `this.name`, bound or not, or calls it. */
function calls(callback: TSESTree.Node, name: string): boolean {
  const node = unwrap(callback);
  const isIt = (part: TSESTree.Node): boolean => part.type === T.MemberExpression && part.object.type === T.ThisExpression && staticName(part) === name;
  if (isIt(node)) return true;
  const bound = boundIn(node);
  if (bound !== undefined) return isIt(bound);
  let found = false;
  if (isFunction(node)) walk(node, (part) => { if (part.type === T.CallExpression && isIt(unwrap(part.callee))) found = true; });
  return found;
}

/** Every run of the method comes to the call: no branch, handler or `catch` lies between. */
function isUnconditional(call: TSESTree.Node, method: TSESTree.Node): boolean {
  for (let at: TSESTree.Node = call; at !== method; ) {
    const parent: TSESTree.Node | undefined = at.parent;
    if (parent === undefined) return false;
    const branches = parent.type === T.IfStatement || parent.type === T.ConditionalExpression || parent.type === T.LogicalExpression || parent.type === T.CatchClause || parent.type === T.SwitchCase;
    const isHandler = isFunction(parent) && parent !== method && !isContinuation(parent);
    if (branches || isHandler) return false;
    at = parent;
  }
  return true;
}

/** A callback of `then` or `finally`, which comes when the work of this run is over. */
function isContinuation(fn: TSESTree.Node): boolean {
  return fn.parent?.type === T.CallExpression && /^(then|finally)$/.test(calleeName(fn.parent) ?? '');
}
