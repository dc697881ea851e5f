import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Family } from '../resources/model';
import type { FunctionNode } from '../syntax/nodes';
import { isFunction, rootOf, unwrap } from '../syntax/nodes';
import { isNothing } from '../syntax/values';
import { walk } from '../syntax/visit';
import { landingsOf } from './landing';
import type { Obligation } from './obligation';
import { mentionsOf } from './place';

/** What has sockets open until it is ended, however long nobody uses it. */
const CONNECTED: ReadonlySet<Family> = new Set(['connection', 'pool']);

/** Methods that open it, or that hear what it tells: no use yet. */
const PREPARES: ReadonlySet<string> = new Set(['connect', 'open', 'on', 'once', 'addListener', 'setMaxListeners']);

/**
 * A client that is commonly kept as long as the process, in an async function that makes one, waits for what it answers and gives its caller
 * something else: only a name of the function has it, so that it is lost with its sockets open, once for each call.
 */
export function isMadeForOneUse({ site, effects, root }: Obligation): boolean {
  if (!CONNECTED.has(site.resource.family) || site.certainty !== 'proof' || !isFunction(root) || !root.async || root.generator) return false;
  if (effects.effects.some(({ kind }) => kind !== 'alias')) return false;
  const places = effects.places.filter(({ variable }) => variable === 'this' || variable.scope.variableScope.block !== root);
  if (effects.places.length === 0 || places.length > 0) return false;
  let asked = false;
  for (const { node, write } of effects.places.flatMap((place) => mentionsOf(place, root))) {
    const use = write ? 'prepared' : useOf(node, root);
    if (use === 'unknown') return false;
    if (use === 'asked') asked = true;
  }
  return asked && givesSomething(root, site.call);
}

function useOf(mention: TSESTree.Node, root: FunctionNode): 'asked' | 'prepared' | 'unknown' {
  if (rootOf(mention) !== root) return 'unknown';
  const landings = landingsOf(mention);
  if (landings.every((landing) => landing.to === 'variable' || landing.to === 'looked-at' || (landing.to === 'method' && PREPARES.has(landing.name)))) return 'prepared';
  return landings.every((landing) => landing.to === 'method' && isAwaited(landing.call)) ? 'asked' : 'unknown';
}

/** `await client.db('x').collection('y').find().toArray()`: the call, or the chain of calls on what it gives. */
function isAwaited(call: TSESTree.Node): boolean {
  let at: TSESTree.Node = call;
  for (;;) {
    const parent: TSESTree.Node | undefined = at.parent;
    if (parent?.type === T.AwaitExpression) return true;
    if (parent?.type === T.MemberExpression && parent.object === at) at = parent;
    else if (parent?.type === T.CallExpression && parent.callee === at) at = parent;
    else if (parent !== undefined && unwrap(parent) === unwrap(at)) at = parent;
    else return false;
  }
}

/** The function returns a value after it made the client: it is called for that, more than once. */
function givesSomething(root: FunctionNode, made: TSESTree.Node): boolean {
  let gives = false;
  walk(root, (node) => {
    if (node.type === T.ReturnStatement && node.argument !== null && node.range[0] > made.range[1] && rootOf(node) === root && !isNothing(node.argument)) gives = true;
  });
  return gives;
}
