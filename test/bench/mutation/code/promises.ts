import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { calleeName, isFunction, rootOf, unwrap, unwrapAwait, within, type FunctionNode } from '../../../../src/engine/syntax/nodes';
import { walk } from '../../../../src/engine/syntax/visit';
import { deletionOf } from '../edits';
import { callsIn, clearsOf, listenerPairs, receiverOf, SHORT_OR_UNREF, TIMEOUT_ENDS_IT, timerBegun, type Pair } from './pair';

/** What promises made by hand wait with: ended on more than one outcome, of which one is made to forget it. */
export function promisePairs(program: TSESTree.Program, textOf: (node: TSESTree.Node) => string): Pair[] {
  const pairs: Pair[] = [];
  walk(program, (node) => {
    const executor = node.type === T.NewExpression && node.callee.type === T.Identifier && node.callee.name === 'Promise' ? node.arguments[0] : undefined;
    if (isFunction(executor)) pairs.push(...pairsOf(executor, textOf));
  });
  return pairs;
}

function pairsOf(executor: FunctionNode, textOf: (node: TSESTree.Node) => string): Pair[] {
  const settlers = new Set(executor.params.flatMap((parameter) => (parameter.type === T.Identifier ? [parameter.name] : [])));
  const calls = callsIn(executor);
  const pairs: Pair[] = [];
  const add = (acquire: TSESTree.Node, resource: string, ends: readonly TSESTree.CallExpression[]): void => {
    if (rootOf(acquire) !== executor || ends.some((end) => ['finally', 'close', 'exit'].includes(eventOf(rootOf(end))))) return;
    // A signal is aborted once: after that its listener holds nobody.
    const [event, listener] = acquire.type === T.CallExpression ? acquire.arguments : [];
    const once = event?.type === T.Literal && event.value === 'abort' ? listener : undefined;
    const settling = ends.filter((end) => settlesIn(rootOf(end), settlers, calls) && rootOf(end) !== executor && !isFunctionOf(once, rootOf(end)));
    const [first] = settling;
    // A function that ends it twice has another end left.
    if (first === undefined || new Set(ends.map(rootOf)).size < 2 || ends.filter((end) => rootOf(end) === rootOf(first)).length > 1) return;
    // The timeout's own callback need not clear it.
    if (timerBegun(acquire) === 'timeout' && acquire.type === T.CallExpression && acquire.arguments[0] !== undefined && within(first, acquire.arguments[0])) return;
    const excluded = ends.some((end) => end !== first && isInTimeout(end) && !calls.some((call) => /^clearTimeout$/.test(calleeName(call) ?? ''))) ? { excluded: TIMEOUT_ENDS_IT } : {};
    pairs.push({ acquire, owner: executor, resource, ...excluded, breaks: [{ mutation: 'outcome-deleted', edits: [deletionOf(first)] }] });
  };
  for (const { add: added, target, removals } of listenerPairs(calls, textOf)) if (!isMadeIn(executor, target)) add(added, 'code.promiseListener', removals);
  walk(executor, (node) => {
    const id = node.type === T.VariableDeclarator ? node.id : node.type === T.AssignmentExpression ? node.left : undefined;
    const value = node.type === T.VariableDeclarator ? node.init : node.type === T.AssignmentExpression ? node.right : null;
    if (id?.type !== T.Identifier || !value) return;
    const timer = timerBegun(value);
    if (timer !== undefined) add(unwrapAwait(value), timer === 'interval' ? 'code.promiseInterval' : 'code.promiseTimeout', clearsOf(calls, id.name, textOf));
  });
  return pairs;
}

/** It stands in the callback of a timeout. */
function isInTimeout(node: TSESTree.Node): boolean {
  const { parent } = rootOf(node);
  return parent?.type === T.CallExpression && timerBegun(parent) === 'timeout';
}

/** The function is the one that the name is declared with. */
function isFunctionOf(name: TSESTree.Node | undefined, fn: TSESTree.Node): boolean {
  if (name?.type !== T.Identifier) return false;
  const declared = fn.type === T.FunctionDeclaration ? fn.id : fn.parent?.type === T.VariableDeclarator ? fn.parent.id : undefined;
  return declared?.type === T.Identifier && declared.name === name.name;
}

function settlesIn(fn: TSESTree.Node, settlers: ReadonlySet<string>, calls: readonly TSESTree.CallExpression[]): boolean {
  return calls.some((call) => call.callee.type === T.Identifier && settlers.has(call.callee.name) && rootOf(call) === fn);
}

/** `finally` of a callback that is given to it, or the event that it is for. */
function eventOf(fn: TSESTree.Node): string {
  const { parent } = fn;
  if (parent?.type !== T.CallExpression) return '';
  const [event] = parent.arguments;
  return event?.type === T.Literal ? String(event.value) : (calleeName(parent) ?? '');
}

function isMadeIn(scope: TSESTree.Node, target: TSESTree.Node): boolean {
  let made = false;
  walk(scope, (node) => {
    if (target.type === T.Identifier && node.type === T.VariableDeclarator && node.id.type === T.Identifier && node.id.name === target.name) made = true;
  });
  return made;
}

/** Listeners on a signal that a function was given, and that it takes off itself. */
export function signalPairs(program: TSESTree.Program, textOf: (node: TSESTree.Node) => string): Pair[] {
  const met = new Set<TSESTree.Node>();
  return callsIn(program).flatMap((call) => {
    if (calleeName(call) !== 'removeEventListener') return [];
    const scope = outermost(call);
    if (scope === undefined || met.has(scope)) return [];
    met.add(scope);
    return listenerPairs(callsIn(scope), textOf).flatMap(({ add, target, removals }): Pair[] => {
      const [event] = add.arguments;
      if (event?.type !== T.Literal || event.value !== 'abort' || !isParameter(scope, target)) return [];
      return [{ acquire: add, owner: scope, resource: 'code.abortListener', breaks: [{ mutation: 'deleted', edits: removals.map(deletionOf) }] }];
    });
  });
}

function outermost(node: TSESTree.Node): FunctionNode | undefined {
  let found: FunctionNode | undefined;
  for (let at: TSESTree.Node | undefined = node; at !== undefined && at.type !== T.ClassBody; at = at.parent) if (isFunction(at)) found = at;
  return found;
}

/** `signal`, `options.signal`, `options?.signal` of a parameter. */
function isParameter(fn: FunctionNode, target: TSESTree.Node): boolean {
  let root = unwrap(target);
  while (root.type === T.MemberExpression) root = unwrap(root.object);
  const name = root.type === T.Identifier ? root.name : undefined;
  return name !== undefined && fn.params.some((parameter) => (parameter.type === T.Identifier ? parameter.name === name : parameter.type === T.ObjectPattern && parameter.properties.some((property) => property.type === T.Property && property.key.type === T.Identifier && property.key.name === name)));
}

function nameOf(node: TSESTree.Node | undefined): string | undefined {
  return node?.type === T.Identifier ? node.name : undefined;
}

/** Timeouts of a race, cleared when it is over. */
export function racePairs(program: TSESTree.Program, textOf: (node: TSESTree.Node) => string): Pair[] {
  return callsIn(program).flatMap((race): Pair[] => {
    const scope = rootOf(race);
    if (calleeName(race) !== 'race' || receiverOf(race)?.type !== T.Identifier || !isFunction(scope)) return [];
    const calls = callsIn(scope);
    const pairs: Pair[] = [];
    walk(scope, (node) => {
      const id = node.type === T.VariableDeclarator ? node.id : node.type === T.AssignmentExpression ? node.left : undefined;
      const value = node.type === T.VariableDeclarator ? node.init : node.type === T.AssignmentExpression ? node.right : null;
      if (id?.type !== T.Identifier || !value || timerBegun(value) !== 'timeout') return;
      const clears = clearsOf(calls, id.name, textOf);
      const call = unwrapAwait(value);
      const [, delay] = call.type === T.CallExpression ? call.arguments : [];
      const short = (delay?.type === T.Literal && typeof delay.value === 'number' && delay.value < 1000) || calls.some((one) => calleeName(one) === 'unref' && nameOf(receiverOf(one)) === id.name);
      if (clears.length > 0) pairs.push({ acquire: call, owner: scope, resource: 'code.raceTimeout', breaks: [{ mutation: 'deleted', edits: clears.map(deletionOf) }], ...(short ? { excluded: SHORT_OR_UNREF } : {}) });
    });
    return pairs;
  });
}
