import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Variable } from '@typescript-eslint/scope-manager';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import type { Obligation } from '../ownership/obligation';
import { releasesByName } from '../resources/ownedNames';
import type { FunctionNode } from '../syntax/nodes';
import { calleeName, isFunction, lastName, rootOf, staticName, unwrap, unwrapAwait, within } from '../syntax/nodes';
import { isExecutor, makesPromise } from '../syntax/promises';
import { walk } from '../syntax/visit';
import type { Listening } from './listening';
import { functionsAround } from './listening';
import { classAround, factsOf } from './owners';
import { standingOf } from './targets';

/** What gives a signal for one request or one event: it goes with that, and its listeners with it. */
const SHORT_LIVED = /^(_?req|request|res|response|e|ev|event|evt|ctx|context|c|extra|connection|socket|transition|navigation)$/i;

/** Methods that a framework calls with a signal of its own for this one run. */
const PER_RUN = new Set(['queryFn', 'mutationFn', 'loader', 'action', 'handler', 'start', 'pull', 'transform', 'fetcher']);

/** The signal is the caller's: a parameter, part of one, or what the class was made with. */
export function isIncomingSignal(target: TSESTree.Node, ctx: Context): boolean {
  const standing = standingOf(target, ctx);
  if (standing === 'own' || (standing === 'unknown' && !isOfHandedOptions(target, ctx))) return false;
  const variable = rootVariable(target, ctx);
  // A controller is this code's own, unless somebody handed it in.
  if (variable?.defs[0]?.type !== 'Parameter' && namesOf(target).some((name) => /controller$|^(ac|aborter)$/i.test(name))) return false;
  if (variable === undefined) return standing === 'injected';
  if (SHORT_LIVED.test(variable.name) || isOfRequest(variable, ctx)) return false;
  const [definition] = variable.defs;
  return definition?.type !== 'Parameter' || !isFunction(definition.node) || !isCalledPerRun(definition.node);
}

/** By its annotation: a request, an event. */
function isOfRequest(variable: Variable, ctx: Context): boolean {
  const [name] = variable.identifiers;
  const origin = name && ctx.origins.of(name);
  return origin?.kind === 'instance' && /Request|IncomingMessage|Event$/.test(origin.type);
}

/** `options.signal`, where the options were made of what the caller gave: `const options = this.complete(given)`. */
function isOfHandedOptions(target: TSESTree.Node, ctx: Context): boolean {
  const node = unwrap(target);
  if (node.type !== T.MemberExpression || node.object.type !== T.Identifier || !/^(abort)?signal$/i.test(staticName(node) ?? '')) return false;
  const variable = ctx.bindings.variableOf(node.object);
  const value = variable && ctx.bindings.onlyValueOf(variable);
  const call = value && unwrapAwait(value);
  return call?.type === T.CallExpression && call.arguments.some((argument) => standingOf(argument, ctx) === 'handed');
}

function namesOf(expression: TSESTree.Node): string[] {
  const node = unwrap(expression);
  if (node.type === T.Identifier) return [node.name];
  return node.type === T.MemberExpression ? [...namesOf(node.object), staticName(node) ?? ''] : [];
}

/** The variable that the chain of members begins with, followed to where its own value came from. */
function rootVariable(target: TSESTree.Node, ctx: Context, depth = 4): Variable | undefined {
  let node = unwrap(target);
  while (node.type === T.MemberExpression) node = unwrap(node.object);
  const variable = node.type === T.Identifier ? ctx.bindings.variableOf(node) : undefined;
  const declarator = variable?.defs[0]?.node;
  if (depth === 0 || declarator?.type !== T.VariableDeclarator || declarator.init === null) return variable;
  return rootVariable(declarator.init, ctx, depth - 1) ?? variable;
}

/** A function written in place as an argument (or for one of a framework's options) is called by others, with a signal for that call. */
function isCalledPerRun(fn: FunctionNode): boolean {
  const { parent } = fn;
  if (parent.type === T.CallExpression && parent.arguments.some((argument) => argument === fn)) return !/^(wrap|memo|promisify|useCallback|function)/i.test(calleeName(parent) ?? '');
  return parent.type === T.Property && PER_RUN.has(staticName(parent) ?? '');
}

/** The work that the listener is for ends in another way too: it is awaited or gives a promise that others settle as well. */
export function settlesWithout({ call, listener }: Listening, ctx: Context): boolean {
  const functions = functionsAround(call);
  const executor = functions.find(isExecutor);
  if (executor && !settlesElsewhere(executor, listener, ctx)) return isRaced(executor, ctx);
  if (functions.some((fn) => goesOnUntilAborted(fn))) return false;
  if (executor !== undefined || functions.some((fn) => fn.async || fn.generator || givesPromise(fn))) return true;
  return abortsOwnController(listener, ctx);
}

/** Something but the listener settles the promise. A check whether the signal was aborted before is no more than the listener. */
function settlesElsewhere(executor: FunctionNode, listener: TSESTree.Node, ctx: Context): boolean {
  const handler = ctx.bindings.functionOf(listener);
  if (isRunElsewhere(listener, ctx)) return true;
  return executor.params.some((parameter) => {
    const variable = ctx.bindings.variableOf(parameter);
    return variable?.references.some(({ identifier }) => {
      if (within(identifier, listener) || (handler !== undefined && within(identifier, handler))) return false;
      return !isUnderAbortedCheck(identifier, executor);
    });
  });
}

/** What the listener does is also done by others: `setTimeout(done, ms)`. */
function isRunElsewhere(listener: TSESTree.Node, ctx: Context): boolean {
  const variable = ctx.bindings.variableOf(unwrap(listener));
  return variable?.references.some(({ identifier }) => landingsOf(identifier).some((landing) => landing.to === 'called' || (landing.to === 'argument' && ONLY_CALLING.test(calleeName(landing.call) ?? '') && calleeName(landing.call) !== 'addEventListener'))) ?? false;
}

function isUnderAbortedCheck(node: TSESTree.Node, top: TSESTree.Node): boolean {
  for (let at: TSESTree.Node | undefined = node; at !== undefined && at !== top; at = at.parent) if (at.type === T.IfStatement && mentionsAborted(at.test)) return true;
  return false;
}

function mentionsAborted(test: TSESTree.Node): boolean {
  let found = false;
  walk(test, (node) => {
    if (node.type === T.MemberExpression && staticName(node) === 'aborted') found = true;
  });
  return found;
}

/** The promise takes part in a race, which others may win. */
export function isRaced(executor: FunctionNode, ctx: Context): boolean {
  const promise = executor.parent;
  const inRace = (node: TSESTree.Node): boolean =>
    landingsOf(node, [], (name) => name === 'catch' || name === 'finally').some((landing) => {
      if (landing.to === 'argument') return /^(race|any)$/.test(calleeName(landing.call) ?? '') || (landing.call.type === T.CallExpression && lastName(landing.call.callee) === 'push');
      const variable = landing.to === 'variable' && landing.path.length === 0 ? ctx.bindings.variableOf(landing.id) : undefined;
      return variable?.references.some((reference) => reference.isRead() && inRace(reference.identifier)) ?? false;
    });
  return inRace(promise);
}

/** `while (!signal.aborted)`: the function runs as long as the signal lets it. */
function goesOnUntilAborted(fn: FunctionNode): boolean {
  let found = false;
  if (fn.body === null) return false;
  walk(fn.body, (node) => {
    if ((node.type === T.WhileStatement || node.type === T.DoWhileStatement || node.type === T.ForStatement) && node.test && mentionsAborted(node.test)) found = true;
  });
  return found;
}

/** Written as giving a promise, or a `return` gives a new one. */
function givesPromise(fn: FunctionNode): boolean {
  const written = fn.returnType?.typeAnnotation;
  if (written?.type === T.TSTypeReference && written.typeName.type === T.Identifier) return /^Promise(Like)?$/.test(written.typeName.name);
  if (fn.body?.type !== T.BlockStatement) return makesPromise(fn.body);
  return fn.body.body.some((statement) => statement.type === T.ReturnStatement && makesPromise(statement.argument));
}

/** A signal made of another by hand: the listener aborts a controller that the function makes, and whose signal outlives it. */
function abortsOwnController(listener: TSESTree.Node, ctx: Context): boolean {
  const handler = ctx.bindings.functionOf(listener);
  if (handler === undefined) return false;
  let found = false;
  walk(handler, (node) => {
    if (node.type !== T.CallExpression || calleeName(node) !== 'abort') return;
    const callee = unwrap(node.callee);
    const origin = callee.type === T.MemberExpression ? ctx.origins.of(callee.object) : undefined;
    if (origin?.kind === 'instance' && origin.type === 'AbortController') found = true;
  });
  return found;
}

/**
 * The listener is there for what outlives the function: it closes something that the function returns or keeps in a field. Then it
 * has to stay. So it is when the listener is known by name elsewhere: whoever was given it may take it off.
 */
export function tiesLives({ call, listener }: Listening, ctx: Context): boolean {
  const node = unwrap(listener);
  const variable = node.type === T.Identifier ? ctx.bindings.variableOf(node) : undefined;
  if (variable && isHandedOn(variable, call)) return true;
  // A parameter or a member as the listener: whoever made it can take it off.
  if (node.type !== T.Identifier && !isFunction(node)) return true;
  const handler = ctx.bindings.functionOf(listener);
  if (handler === undefined) return variable === undefined || !isSettler(variable, ctx);
  let ties = false;
  walk(handler, (inner) => {
    if (inner.type === T.CallExpression && releasesByName(calleeName(inner) ?? '') && calleeName(inner) !== 'abort' && outlives(inner, call, ctx)) ties = true;
  });
  return ties;
}

/**
 * The listener ends what the function begins and leaves running: a subscription, a server. The function has nothing to wait for after that, and
 * nothing else ends it: it lives until the signal fires, and the listener with it.
 */
export function endsWhatLivesOn(call: TSESTree.CallExpression, obligations: readonly Obligation[]): boolean {
  const isEnded = ({ site, effects: { effects } }: Obligation): boolean =>
    site.lifetime === 'process' && effects.some(({ kind, at, how }) => kind === 'transfer' && how === 'captured' && at === call) && !effects.some(({ kind, release }) => kind === 'release' && release?.incidental !== true);
  if (!obligations.some(isEnded) || functionsAround(call).some(isExecutor)) return false;
  const root = rootOf(call);
  let waits = false;
  walk(root, (node) => {
    if (node.range[0] < call.range[1] || rootOf(node) !== root) return;
    if (node.type === T.AwaitExpression || node.type === T.YieldExpression || (node.type === T.ReturnStatement && node.argument !== null)) waits = true;
  });
  return !waits;
}

/** `resolve` and `reject` as listeners are known to nobody who would remove them. */
function isSettler(variable: Variable, ctx: Context): boolean {
  const [definition] = variable.defs;
  if (definition?.type === 'Parameter') return isExecutor(definition.node);
  // `let done; new Promise((resolve) => { done = resolve; })`
  const values = ctx.bindings.writesOf(variable).flatMap(({ value }) => (value === undefined ? [] : [ctx.bindings.variableOf(unwrap(value))]));
  return values.length === 1 && values[0] !== undefined && values[0] !== variable && isSettler(values[0], ctx);
}

/** What calls a function that it is given, and never takes a listener off. */
const ONLY_CALLING = /^(addEventListener|setTimeout|setImmediate|queueMicrotask|nextTick|then|catch|finally)$/;

function isHandedOn(variable: Variable, registration: TSESTree.CallExpression): boolean {
  if (variable.defs[0]?.type === 'Parameter') return false;
  return variable.references.some((reference) => {
    if (!reference.isRead() || within(reference.identifier, registration)) return false;
    return landingsOf(reference.identifier).some((landing) => landing.to === 'property' || landing.to === 'return' || landing.to === 'kept' || (landing.to === 'argument' && !ONLY_CALLING.test(calleeName(landing.call) ?? '')));
  });
}

/** What the call releases is a field's, or given to the caller of the function around the registration. */
function outlives(release: TSESTree.CallExpression, registration: TSESTree.CallExpression, ctx: Context): boolean {
  const callee = unwrap(release.callee);
  let object = callee.type === T.MemberExpression ? unwrap(callee.object) : callee;
  while (object.type === T.MemberExpression) object = unwrap(object.object);
  if (object.type === T.ThisExpression) return isSetUp(registration);
  const variable = object.type === T.Identifier ? ctx.bindings.variableOf(object) : undefined;
  if (variable === undefined) return false;
  const functions = functionsAround(registration);
  return variable.references.some(({ identifier }) => {
    const landings = landingsOf(identifier);
    return landings.some((landing) => (landing.to === 'return' && functions.some((fn) => within(identifier, fn) && !within(identifier, registration))) || landing.to === 'property');
  });
}

/** The registration is part of making or opening an object, which then lives on. */
function isSetUp(registration: TSESTree.CallExpression): boolean {
  const cls = classAround(registration);
  const method = functionsAround(registration).find((fn) => fn.parent.type === T.MethodDefinition);
  if (cls === undefined || method?.parent.type !== T.MethodDefinition) return false;
  return method.parent.kind === 'constructor' || /^(connect|open|start|init|listen|attach|setup|mount|on|register)/i.test(staticName(method.parent) ?? '') || factsOf(cls).disposing.has(method);
}

