import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Tier } from '../findings';
import { registrationsOf } from '../flow/events';
import type { FlowNode } from '../flow/graph';
import { releasesByName } from '../resources/ownedNames';
import type { FunctionNode } from '../syntax/nodes';
import { calleeName, rootOf, thisOwner, unwrap, within } from '../syntax/nodes';
import { isExecutor } from '../syntax/promises';
import type { Context } from './context';
import { landingsOf } from './landing';
import type { Scoped, ScopedUse } from './scoped';
import { isPause, isQuietUntilEnd, usesOf } from './scoped';

/** Methods by which a resource is told that its scope is not to release it. */
const DISARMING = new Set(['move', 'disarm', 'dismiss', 'detach', 'disown', 'keep', 'leak', 'forget', 'retain', 'unregister', 'take', 'into', 'persist']);

/** A way by which what a scope holds gets to somebody who has it after the scope. */
export interface Escape {
  readonly at: TSESTree.Node;
  readonly tier: Tier;
  readonly how: string;
  /** The function inside of the scope that has it, and runs later. */
  readonly closure?: FunctionNode;
}

/** All escapes from a scope, in the order of the uses; none where the resource is told that the scope is not to release it. */
export function escapesOf(scoped: Scoped, ctx: Context): Escape[] {
  const uses = usesOf(scoped, ctx);
  if (uses.some(({ landing }) => landing.to === 'method' && DISARMING.has(landing.name))) return [];
  return uses.flatMap((use) => {
    const escape = use.closure === undefined ? escapeOf(use, scoped, ctx) : captureOf(use, use.closure, scoped, uses, ctx);
    return escape === undefined ? [] : [use.closure === undefined ? escape : { ...escape, closure: use.closure }];
  });
}

/** The scope's own code gives it away. What a generator yields comes back before the scope ends. */
function escapeOf({ at, landing }: ScopedUse, scoped: Scoped, ctx: Context): Escape | undefined {
  switch (landing.to) {
    case 'return':
      return landing.path.includes('*') ? undefined : { at, tier: 'definite', how: 'returned' };
    case 'property':
      return landing.path.length === 0 && isStoredForGood(landing.target, landing.at, scoped, ctx) ? { at: landing.at, tier: 'definite', how: 'stored' } : undefined;
    case 'variable':
      return landing.path.length === 0 && outlives(landing.id, landing.at, scoped, ctx) ? { at: landing.at, tier: 'definite', how: 'kept under a name that lives on' } : undefined;
    case 'argument': {
      if (landing.call.type === T.CallExpression && landing.path.length === 0 && isResolve(landing.call, ctx)) return { at: landing.call, tier: 'definite', how: 'given to whoever awaits the promise' };
      return landing.path.length === 0 && isCollected(landing.call, scoped, ctx) ? { at: landing.call, tier: 'definite', how: 'put into a collection that lives on' } : undefined;
    }
    default:
      return undefined;
  }
}

/** `this.x = d`, `state.x = d`, where nobody can use it before the scope ends, and nothing takes it back. */
function isStoredForGood(target: TSESTree.MemberExpression, at: TSESTree.Node, scoped: Scoped, ctx: Context): boolean {
  const holder = rootObject(target);
  if (holder.type === T.Identifier) {
    const variable = ctx.bindings.variableOf(holder);
    if (variable === undefined || within(variable.scope.block, scoped.root) && variable.scope.variableScope.block === scoped.root && variable.defs[0]?.type !== 'Parameter') return false;
  } else if (holder.type !== T.ThisExpression) return false;
  if (isTakenBack(ctx.textOf(target), at, scoped, ctx)) return false;
  const owner = thisOwner(at);
  const constructs = owner.parent?.type === T.MethodDefinition && owner.parent.kind === 'constructor' && owner === scoped.root;
  return constructs || isQuietUntilEnd(at, scoped, isBusy, ctx);
}

/** Others may look at what was stored: the function calls or waits. */
function isBusy(node: FlowNode): boolean {
  return isPause(node) || node.kind === 'call';
}

function rootObject(member: TSESTree.MemberExpression): TSESTree.Node {
  let at: TSESTree.Node = member;
  while (at.type === T.MemberExpression) at = unwrap(at.object);
  return at;
}

/** The same place is written once more by this function. */
function isTakenBack(target: string, at: TSESTree.Node, { root }: Scoped, ctx: Context): boolean {
  const pattern = new RegExp(`(?<![\\w$.])${target.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*(?:=(?!=)|\\?\\?=|\\|\\|=)|delete\\s+${target.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'g');
  return [...ctx.textOf(root).matchAll(pattern)].some((match) => match.index + root.range[0] !== at.range[0]);
}

/** A variable from outside of the block that is read after it. */
function outlives(id: TSESTree.Identifier, at: TSESTree.Node, scoped: Scoped, ctx: Context): boolean {
  const variable = ctx.bindings.variableOf(id);
  if (variable === undefined || at.type !== T.AssignmentExpression) return false;
  // A block of its own around the scope: whoever looks at the value after it means to see it released.
  if (scoped.block.type === T.BlockStatement && (scoped.block.parent.type === T.BlockStatement || scoped.block.parent.type === T.Program)) return false;
  if (within(variable.scope.block, scoped.block) && variable.scope.block !== scoped.block) return false;
  const writes = variable.references.filter((reference) => reference.isWrite() && !reference.init);
  if (writes.some((write) => write.identifier !== id && write.identifier.range[0] > at.range[0])) return false;
  if (variable.scope.variableScope.block === scoped.root) {
    return variable.references.some((reference) => reference.isRead() && reference.identifier.range[0] > scoped.block.range[1] && rootOf(reference.identifier) === scoped.root);
  }
  return writes.length === 1 && isQuietUntilEnd(at, scoped, isBusy, ctx);
}

/** `resolve(d)`, in the executor of a promise that the scope stands in. */
function isResolve(call: TSESTree.CallExpression, ctx: Context): boolean {
  const callee = unwrap(call.callee);
  const definition = callee.type === T.Identifier ? ctx.bindings.variableOf(callee)?.defs[0] : undefined;
  return definition?.type === 'Parameter' && isExecutor(definition.node) && definition.node.params[0] === definition.name;
}

const COLLECTING = new Set(['push', 'unshift', 'add', 'set']);

/** `list.push(d)`, where the list is there after the block, and used. */
function isCollected(call: ScopedUse['at'], scoped: Scoped, ctx: Context): boolean {
  if (call.type !== T.CallExpression || !COLLECTING.has(calleeName(call) ?? '')) return false;
  const callee = unwrap(call.callee);
  if (callee.type !== T.MemberExpression || callee.object.type !== T.Identifier) return false;
  const variable = ctx.bindings.variableOf(callee.object);
  if (variable === undefined || variable.scope.variableScope.block !== scoped.root || within(variable.scope.block, scoped.block)) return false;
  const value = ctx.bindings.onlyValueOf(variable);
  if (value?.type !== T.ArrayExpression && value?.type !== T.NewExpression) return false;
  return variable.references.some((reference) => {
    if (reference.identifier.range[0] <= scoped.block.range[1] || rootOf(reference.identifier) !== scoped.root) return false;
    const { parent } = reference.identifier;
    return !(parent.type === T.MemberExpression && ['length', 'size'].includes(parent.property.type === T.Identifier ? parent.property.name : ''));
  });
}

/** A function inside uses it, and is called when the scope has ended. One that only releases it does no harm. */
function captureOf({ at, landing }: ScopedUse, closure: FunctionNode, scoped: Scoped, uses: readonly ScopedUse[], ctx: Context): Escape | undefined {
  const worksWithIt = landing.to === 'argument' || (landing.to === 'method' && !releasesByName(landing.name) && !landing.name.startsWith('Symbol.'));
  if (!worksWithIt || uses.some((use) => use.closure === closure && asksState(use))) return undefined;
  if (returnsOf(closure, ctx)) return { at, tier: 'definite', how: 'captured by a function that is returned' };
  const { parent } = closure;
  if (parent.type !== T.CallExpression || !within(parent, scoped.block)) return undefined;
  const registered = registrationsOf(parent).find(({ callback }) => callback === closure);
  if (registered === undefined || registered.events.includes('now')) return undefined;
  const [event] = registered.events;
  if (event === 'fulfilled' || event === 'rejected' || event === 'settled') return undefined;
  if (mentionsScoped(parent.callee, uses) || parent.parent.type !== T.ExpressionStatement || !isQuietUntilEnd(parent, scoped, isPause, ctx)) return undefined;
  const later = event === 'later' || event === 'repeated';
  return { at, tier: later ? 'definite' : 'potential', how: later ? 'captured by a callback that runs later' : 'captured by a listener that lives on' };
}

/** `if (d.closed) return`. */
function asksState({ landing }: ScopedUse): boolean {
  return landing.to === 'member' && /^(is)?_?(closed|disposed|destroyed|released|ended|open|active|aborted)$/i.test(landing.name ?? '');
}

/** The function is what the function around it returns, by itself or in an object. */
function returnsOf(closure: FunctionNode, ctx: Context): boolean {
  const root = rootOf(closure);
  const name = closure.type === T.FunctionDeclaration ? closure.id : undefined;
  const mentions = name ? (ctx.bindings.variableOf(name)?.references.map((reference) => reference.identifier) ?? []) : [closure];
  return mentions.some((mention) => rootOf(mention) === root && landingsOf(mention).some((landing) => landing.to === 'return' && !landing.path.includes('*')));
}

function mentionsScoped(node: TSESTree.Node, uses: readonly ScopedUse[]): boolean {
  return uses.some((use) => within(use.at, node));
}
