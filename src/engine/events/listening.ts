import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Variable } from '@typescript-eslint/scope-manager';
import { DefinitionType } from '@typescript-eslint/scope-manager';
import type { Context } from '../ownership/context';
import type { FunctionNode } from '../syntax/nodes';
import { isFunction, staticName, unwrap } from '../syntax/nodes';
import { sameText } from '../ownership/releases';
import { callsNamed } from '../syntax/calls';

/** A listener that a call puts on a target, to be taken off by naming both again. */
export interface Listening {
  readonly call: TSESTree.CallExpression;
  readonly target: TSESTree.Node;
  readonly event: TSESTree.Node;
  readonly listener: TSESTree.Node;
  /** Methods of the target that take it off. */
  readonly removers: readonly string[];
  /** It goes after its first event. */
  readonly once: boolean;
  /** A signal takes it off. */
  readonly signalled: boolean;
}

/** The pairs of methods by which targets take and drop listeners. */
const PAIRS: readonly { readonly add: readonly string[]; readonly once?: readonly string[]; readonly remove: readonly string[] }[] = [
  { add: ['addEventListener'], remove: ['removeEventListener'] },
  { add: ['on', 'addListener', 'prependListener'], once: ['once', 'prependOnceListener'], remove: ['off', 'removeListener', 'removeAllListeners'] },
];

/** A method of that name puts a listener on what it is called on. */
export function addsListener(name: string): boolean {
  return pairOf(name) !== undefined;
}

function pairOf(name: string): (typeof PAIRS)[number] | undefined {
  return PAIRS.find(({ add, once }) => add.includes(name) || (once?.includes(name) ?? false));
}

/** The listener that a call puts on what it is called on, by the names of the methods alone. */
export function listeningOf(call: TSESTree.CallExpression): Listening | undefined {
  const callee = unwrap(call.callee);
  const [event, listener, options] = call.arguments;
  if (callee.type !== T.MemberExpression || event === undefined || listener === undefined || event.type === T.SpreadElement || listener.type === T.SpreadElement) return undefined;
  const name = staticName(callee) ?? '';
  const pair = pairOf(name);
  if (pair === undefined) return undefined;
  return {
    call,
    target: callee.object,
    event,
    listener,
    removers: pair.remove,
    once: (pair.once?.includes(name) ?? false) || optionOf(options, 'once'),
    signalled: optionOf(options, 'signal'),
  };
}

/** The options have this property (a variable that holds options has it for all that is known). */
function optionOf(options: TSESTree.Node | undefined, name: string): boolean {
  if (options === undefined) return false;
  const node = unwrap(options);
  if (node.type === T.Literal) return false;
  if (node.type !== T.ObjectExpression) return true;
  return node.properties.some((property) => property.type === T.SpreadElement || (staticName(property) === name && !(property.value.type === T.Literal && property.value.value === false)));
}

/** The phase that the options of a DOM listener name: true for `true` and `{ capture: true }`; undefined where it cannot be told. */
export function captureOf(options: TSESTree.Node | undefined): boolean | undefined {
  if (options === undefined) return false;
  const node = unwrap(options);
  if (node.type === T.Literal) return node.value === true;
  if (node.type !== T.ObjectExpression || node.properties.some((property) => property.type === T.SpreadElement)) return undefined;
  const capture = node.properties.find((property) => property.type === T.Property && staticName(property) === 'capture');
  if (capture?.type !== T.Property) return false;
  return capture.value.type === T.Literal && typeof capture.value.value === 'boolean' ? capture.value.value : undefined;
}

/** Some call below the node takes a listener for this event off a target that may be the same. */
export function isRemovedIn(scope: TSESTree.Node, { event, target, removers, listener }: Pick<Listening, 'event' | 'target' | 'removers' | 'listener'>, ctx: Context): boolean {
  return removalsIn(scope, { event, removers }, ctx).some((removal) => sameTarget(removal, target, ctx) && !isOfOther(removal, listener, ctx));
}

/** The removal names another listener in so many words: both are functions with names of their own, or members of `this` that differ. */
export function isOfOther(removal: TSESTree.CallExpression, listener: TSESTree.Node, ctx: Context): boolean {
  const [, removed] = removal.arguments;
  if (removed === undefined || removed.type === T.SpreadElement) return false;
  const [a, b] = [unwrap(removed), unwrap(listener)];
  if (a.type === T.MemberExpression && b.type === T.MemberExpression) return a.object.type === T.ThisExpression && b.object.type === T.ThisExpression && staticName(a) !== undefined && staticName(b) !== undefined && staticName(a) !== staticName(b);
  if (a.type !== T.Identifier || b.type !== T.Identifier) return false;
  const [one, other] = [ctx.bindings.variableOf(a), ctx.bindings.variableOf(b)];
  if (one === undefined || other === undefined || one === other) return false;
  const kinds = [kindOf(one, ctx), kindOf(other, ctx)];
  return !kinds.includes(undefined) && kinds.some((kind) => kind !== 'part');
}

/** What a variable is, which nothing is assigned to later: a function, what a call gave, or a part of that. Undefined: perhaps another name of something. */
function kindOf(variable: Variable, ctx: Context): 'function' | 'made' | 'part' | undefined {
  const [definition] = variable.defs;
  if (definition?.type === DefinitionType.FunctionName) return 'function';
  if (definition?.type !== DefinitionType.Variable) return undefined;
  const value = ctx.bindings.onlyValueOf(variable);
  if (value !== undefined) return isFunction(unwrap(value)) ? 'function' : unwrap(value).type === T.CallExpression ? 'made' : undefined;
  const { id, init, parent } = definition.node;
  return id.type === T.ObjectPattern && parent.kind === 'const' && init !== null && unwrap(init).type === T.CallExpression ? 'part' : undefined;
}

/** The calls below the node that take off listeners of this event. */
export function removalsIn(scope: TSESTree.Node, { event, removers }: Pick<Listening, 'event' | 'removers'>, ctx: Context): TSESTree.CallExpression[] {
  return callsNamed(scope, removers).filter(({ arguments: [named] }) => {
    return named === undefined || named.type === T.SpreadElement || sameText(named, event, ctx) || !areOtherEvents(named, event, ctx);
  });
}

/** The first names an event in so many words, and not the other: `'copy'` and `'paste'`, `EVENT.BLUR` and `EVENT.FOCUS`. What a variable names is not known. */
export function areOtherEvents(one: TSESTree.Node, other: TSESTree.Node, ctx: Context): boolean {
  const [a, b] = [unwrap(one), unwrap(other)];
  if (a.type === T.Literal) return b.type !== T.Literal || a.value !== b.value;
  return a.type === T.MemberExpression && b.type === T.MemberExpression && sameText(a.object, b.object, ctx) && staticName(a) !== undefined && staticName(b) !== undefined && staticName(a) !== staticName(b);
}

/** Whether both calls are on one target: surely not if both name fields, variables or globals that differ. */
export function sameTarget(removal: TSESTree.CallExpression, target: TSESTree.Node, ctx: Context): boolean {
  const callee = unwrap(removal.callee);
  if (callee.type !== T.MemberExpression || sameText(callee.object, target, ctx)) return true;
  return lastWord(callee.object) === lastWord(target) || !isPlain(callee.object) || !isPlain(target);
}

function lastWord(node: TSESTree.Node): string | undefined {
  const plain = unwrap(node);
  return plain.type === T.Identifier ? plain.name : plain.type === T.MemberExpression ? staticName(plain) : undefined;
}

function isPlain(node: TSESTree.Node): boolean {
  const plain = unwrap(node);
  if (plain.type === T.ThisExpression || plain.type === T.Identifier) return true;
  return plain.type === T.MemberExpression && staticName(plain) !== undefined && isPlain(plain.object);
}

/** The outermost function around the node, or the class that the outermost method belongs to: where one would look for the other half of a pair. */
export function widestScope(node: TSESTree.Node): TSESTree.Node {
  let widest = node;
  for (let at: TSESTree.Node | undefined = node; at !== undefined; at = at.parent) if (isFunction(at) || at.type === T.ClassDeclaration || at.type === T.ClassExpression) widest = at;
  return widest;
}

/** The functions around a node, innermost first. */
export function functionsAround(node: TSESTree.Node): FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let at: TSESTree.Node | undefined = node.parent; at !== undefined; at = at.parent) if (isFunction(at)) found.push(at);
  return found;
}
