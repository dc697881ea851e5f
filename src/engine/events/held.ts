import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Variable } from '@typescript-eslint/scope-manager';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import { sameText } from '../ownership/releases';
import { FLUENT_METHODS } from '../ownership/sinks';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import { calleeName, isCall, isFunction, rootOf, staticName, unwrap, within } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import { listeningOf } from './listening';
import { isLastEvent } from './subscribing';
import { standingOf } from './targets';

/** Something that a function holds while it waits: a timer, a listener, a subscription, a resource that only it knows. */
export interface Holding {
  readonly call: CallNode;
  /** What it is called, or what it is on. */
  readonly name: string;
  /** The callbacks after whose run it is over by itself. */
  readonly endsIn: readonly TSESTree.Node[];
  readonly isReleasedBy: (call: TSESTree.CallExpression) => boolean;
}

/** What needs no model to be known. */
export interface Held extends Holding {
  readonly kind: 'interval' | 'timeout' | 'listener' | 'disposable';
}

/** All that is begun in the function's own code, and that nobody else can end. */
export function heldIn(scope: FunctionNode, ctx: Context): Held[] {
  const found: Held[] = [];
  if (scope.body === null) return found;
  walk(scope.body, (node) => {
    if (node.type !== T.CallExpression || rootOf(node) !== scope) return;
    const held = timerOf(node, scope, ctx) ?? listenerOf(node, scope, ctx) ?? disposableOf(node, scope, ctx);
    if (held) found.push(held);
  });
  return found;
}

function timerOf(call: TSESTree.CallExpression, scope: FunctionNode, ctx: Context): Held | undefined {
  const name = calleeName(call);
  if (name !== 'setInterval' && name !== 'setTimeout') return undefined;
  const callee = unwrap(call.callee);
  if (callee.type === T.MemberExpression && !isPlainGlobal(callee.object)) return undefined;
  if (isUnrefed(call)) return undefined;
  const holders = localHolders(call, scope, ctx);
  if (holders === undefined || isMethodCalled(holders, 'unref')) return undefined;
  const [callback] = call.arguments;
  return {
    kind: name === 'setInterval' ? 'interval' : 'timeout',
    call,
    name: nameOf(holders),
    endsIn: name === 'setTimeout' && callback !== undefined ? [callback] : [],
    isReleasedBy: (other) => {
      if (!/^clear(Interval|Timeout)$/.test(calleeName(other) ?? '')) return isCalledOn(other, holders, ['close'], ctx);
      const [cleared] = other.arguments;
      return cleared !== undefined && isOneOf(cleared, holders, ctx);
    },
  };
}

function isPlainGlobal(node: TSESTree.Node): boolean {
  const object = unwrap(node);
  return object.type === T.Identifier && /^(window|globalThis|self|global)$/.test(object.name);
}

function isUnrefed(call: TSESTree.CallExpression): boolean {
  return call.parent.type === T.MemberExpression && staticName(call.parent) === 'unref';
}

/** A listener by name on what is not this function's own, and that goes only when it is taken off. */
function listenerOf(call: TSESTree.CallExpression, scope: FunctionNode, ctx: Context): Held | undefined {
  const listening = listeningOf(call);
  if (listening === undefined || listening.signalled) return undefined;
  const listener = unwrap(listening.listener);
  const variable = listener.type === T.Identifier ? ctx.bindings.variableOf(listener) : undefined;
  if (variable === undefined || !within(variable.scope.block, scope)) return undefined;
  const standing = standingOf(listening.target, ctx);
  // The object itself is there before the promise and after it.
  if (unwrap(listening.target).type !== T.ThisExpression && (standing === 'own' || standing === 'unknown')) return undefined;
  return {
    kind: 'listener',
    call,
    name: variable.name,
    endsIn: listening.once ? [listening.listener, ...functionsIn(ctx.bindings.onlyValueOf(variable))] : [],
    isReleasedBy: (other) => {
      if (!listening.removers.includes(calleeName(other) ?? '')) return false;
      const [event, removed] = other.arguments;
      if (event === undefined) return calleeName(other) === 'removeAllListeners';
      if (!sameText(event, listening.event, ctx)) return false;
      return removed === undefined || ctx.bindings.variableOf(unwrap(removed)) === variable;
    },
  };
}

/** The function of `signal && (() => reject(signal.reason))`. */
function functionsIn(value: TSESTree.Node | undefined): TSESTree.Node[] {
  const node = value && unwrap(value);
  const right = node?.type === T.LogicalExpression ? unwrap(node.right) : undefined;
  return isFunction(right) ? [right] : [];
}

/** `const subscription = source.onChange(...)` that the function itself disposes of, somewhere. */
function disposableOf(call: TSESTree.CallExpression, scope: FunctionNode, ctx: Context): Held | undefined {
  if (!/^(on[A-Z]\w*|subscribe|listen|observe|watch\w*|addListener)$/.test(calleeName(call) ?? '') || !call.arguments.some((argument) => ctx.bindings.functionOf(argument) !== undefined)) return undefined;
  const callee = unwrap(call.callee);
  if (callee.type === T.MemberExpression && standingOf(callee.object, ctx) === 'own' && unwrap(callee.object).type !== T.ThisExpression) return undefined;
  // `createServer().listen(0, ready)` gives the server.
  if (callee.type === T.MemberExpression && calleeName(call) === 'listen' && isCall(unwrap(callee.object))) return undefined;
  const holders = localHolders(call, scope, ctx);
  if (holders === undefined) return undefined;
  const methods = ['dispose', 'unsubscribe', 'remove', 'off', 'close', 'cancel'];
  return {
    kind: 'disposable',
    call,
    name: nameOf(holders),
    // A cancellation comes once: its listener is over then.
    endsIn: isLastEvent(call) ? call.arguments : [],
    isReleasedBy: (other) => isCalledOn(other, holders, methods, ctx) || isOneOf(other.callee, holders, ctx),
  };
}

/** The variables of the scope that alone hold what the call gives: one, and others that it is given to. The first is its name. */
export function localHolders(call: CallNode, scope: FunctionNode, ctx: Context): ReadonlySet<Variable> | undefined {
  const holders = new Set<Variable>();
  const pending: TSESTree.Node[] = [call];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    for (const landing of landingsOf(value, [], (name) => FLUENT_METHODS.has(name))) {
      if (landing.to === 'variable') {
        const variable = landing.path.length === 0 ? ctx.bindings.variableOf(landing.id) : undefined;
        if (variable === undefined || !isOnlyIn(variable, scope)) return undefined;
        if (holders.has(variable)) continue;
        holders.add(variable);
        pending.push(...variable.references.flatMap((reference) => (reference.isRead() ? [reference.identifier] : [])));
      } else if (value === call || ['return', 'property', 'kept', 'yield', 'pattern'].includes(landing.to)) return undefined;
      else if (landing.to === 'argument' && !/^clear(Interval|Timeout)$/.test(calleeName(landing.call) ?? '')) return undefined;
    }
  }
  return holders.size === 0 ? undefined : holders;
}

/** The variable is the function's own, or was declared just around it for nobody else. */
function isOnlyIn(variable: Variable, scope: FunctionNode): boolean {
  if (within(variable.scope.block, scope)) return true;
  return variable.scope.type !== 'module' && variable.scope.type !== 'global' && variable.references.every(({ identifier }) => within(identifier, scope) || identifier.parent.type === T.VariableDeclarator);
}

export function nameOf(holders: ReadonlySet<Variable>): string {
  const [first] = holders;
  return first?.name ?? '';
}

/** The expression is one of these variables. */
export function isOneOf(expression: TSESTree.Node, holders: ReadonlySet<Variable>, ctx: Context): boolean {
  const variable = ctx.bindings.variableOf(unwrap(expression));
  return variable !== undefined && holders.has(variable);
}

function isMethodCalled(holders: ReadonlySet<Variable>, method: string): boolean {
  return [...holders].some((variable) => variable.references.some(({ identifier }) => landingsOf(identifier).some((use) => use.to === 'method' && use.name === method)));
}

/** A call of one of these methods on one of these variables. */
export function isCalledOn(call: TSESTree.CallExpression, holders: ReadonlySet<Variable>, methods: readonly string[], ctx: Context): boolean {
  const callee = unwrap(call.callee);
  return callee.type === T.MemberExpression && methods.includes(staticName(callee) ?? '') && isOneOf(callee.object, holders, ctx);
}
