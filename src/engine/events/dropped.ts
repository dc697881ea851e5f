import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Query } from '../facts';
import type { Tier } from '../findings';
import type { Context } from '../ownership/context';
import type { Landing } from '../ownership/landing';
import { landingsOf } from '../ownership/landing';
import { sameText } from '../ownership/releases';
import { releasesByName } from '../resources/ownedNames';
import { STANDING_MAKERS } from '../resources/editorDisposables';
import type { ClassNode } from '../syntax/nodes';
import { calleeName, isFunction, lastName, receiverOf, rootOf, staticName, thisOwner, unwrap, unwrapAwait } from '../syntax/nodes';
import { callsNamed, identifiersIn } from '../syntax/calls';
import { declaredField, declaresField, fieldAssignments } from '../syntax/classFields';
import { walk } from '../syntax/visit';
import { givesEditors, isEditors, isHandlerOfConnection, isObservables, isOfNamespace } from './emitters';
import { widestScope } from './listening';
import { classAround, factsOf, haltsOf } from './owners';
import { collects, completesItself, counterpartOf, fieldOf, givesSubscription, isCollected, isDropped, isHostCollected, isLastEvent, mayGiveSubscription, sortOf } from './subscribing';
import type { Standing } from './targets';
import { standingOf } from './targets';

/** What speaks for it that a dropped subscription should have been kept, the strongest first. */
export type Evidence =
  /** In the same function, or elsewhere in the class, another subscription is kept to be ended. */
  | { readonly kind: 'sibling'; readonly sibling: TSESTree.CallExpression; readonly near: boolean }
  /** The class has an end of life, and what it listens to does not end with it. */
  | { readonly kind: 'owner' };

export interface Dropped {
  readonly call: TSESTree.CallExpression;
  readonly evidence: Evidence;
  readonly tier: Tier;
  /** It is the editor's interface that was called. */
  readonly editor: boolean;
}

const judged = new WeakMap<TSESTree.Node, Dropped | 'kept'>();

/** The questions that a call raises which may drop a subscription; undefined when it does not. */
export function questionsOfDrop(node: TSESTree.Node): readonly Query[] | undefined {
  if (node.type !== T.CallExpression || !mayGiveSubscription(node) || !isDropped(node) || rootOf(node).type === T.Program) return undefined;
  const cls = classAround(node);
  const self = cls && factsOf(cls).self;
  const call: Query = { kind: 'call', start: node.range[0], end: node.range[1] };
  return self === undefined ? [call] : [call, { kind: 'type', start: self.range[0], end: self.range[1] }];
}

/** A subscription whose end is thrown away although this code ends others, or has an end itself; undefined where nothing may be said. */
export function droppedAt(call: TSESTree.CallExpression, ctx: Context): Dropped | undefined {
  let result = judged.get(call);
  if (result === undefined) judged.set(call, (result = judge(call, ctx) ?? 'kept'));
  return result === 'kept' ? undefined : result;
}

function judge(call: TSESTree.CallExpression, ctx: Context): Dropped | undefined {
  const editor = isEditors(call, ctx);
  if (!editor && isHandlerOfConnection(call, ctx)) return undefined;
  // Other libraries may call theirs the same.
  if (!editor && STANDING_MAKERS.has(calleeName(call) ?? '')) return undefined;
  const gives = editor || isObservables(call, ctx) || givesSubscription(ctx.callFact(call), calleeName(call) ?? '');
  const target = receiverOf(call);
  // `step.onDidActivate(picker)` calls a handler: where nobody knows, what subscribes is given a function.
  if (gives === false || (gives === undefined && !isGivenListener(call, ctx)) || completesItself(call, ctx)) return undefined;
  const standing: Standing = target === undefined || (editor && isOfNamespace(call, ctx)) ? 'global' : standingOf(target, ctx);
  const cls = classAround(call);
  if (standing === 'own' || (standing !== 'global' && isLastEvent(call)) || (target && !(editor && isOfNamespace(call, ctx)) && isEndedWithOwner(target, cls, call)) || isTakenBack(call, ctx)) return undefined;
  // What the editor makes (a panel, a document) ends by itself, whoever has it; its namespaces do not.
  if (editor && !isOfNamespace(call, ctx)) return undefined;
  const evidence = evidenceOf(call, cls, standing, editor, ctx);
  // A module of the extension ends with the extension; what it registers with the editor does not.
  if (evidence?.kind === 'sibling' && !editor && !givesEditors(call, ctx) && standing === 'global' && isKept(evidence.sibling, ctx, isHostCollected)) return undefined;
  // `registerTools(context)`: a function of the project that is given the collection may put it there itself.
  if (!editor && target === undefined && call.arguments.some((argument) => /context|ctx|disposables|subscriptions/i.test(lastName(argument) ?? ''))) return undefined;
  if (evidence === undefined || (gives === undefined && evidence.kind === 'owner')) return undefined;
  if (evidence.kind === 'owner' && target !== undefined && comesOfContainer(target, ctx)) return undefined;
  const sure = gives === true && evidence.kind === 'sibling' && evidence.near && (standing === 'injected' || standing === 'global') && (editor || (!isKept(evidence.sibling, ctx, isHostCollected) && !isHandedIn(evidence.sibling, cls)));
  return { call, evidence, editor, tier: sure ? 'definite' : 'potential' };
}

/** What a container gives on demand (`services.get(Telemetry)`) may be one for the program or one for this object: its scope is told elsewhere. */
function comesOfContainer(target: TSESTree.Node, ctx: Context): boolean {
  const node = unwrapAwait(target);
  const variable = node.type === T.Identifier ? ctx.bindings.variableOf(node) : undefined;
  const value = variable ? ctx.bindings.onlyValueOf(variable) : node;
  const call = value && unwrapAwait(value);
  return call?.type === T.CallExpression && call.callee.type === T.MemberExpression && /^(get|getAll|resolve|getService)$/.test(calleeName(call) ?? '');
}

function isGivenListener(call: TSESTree.CallExpression, ctx: Context): boolean {
  return call.arguments.some((argument) => ctx.bindings.functionOf(argument) !== undefined || (argument.type === T.CallExpression && calleeName(argument) === 'bind') || (argument.type === T.MemberExpression && argument.object.type === T.ThisExpression));
}

/** The sibling goes to a collection that the object was given, and that may live as long as the program. */
function isHandedIn(sibling: TSESTree.Node, cls: ClassNode | undefined): boolean {
  if (cls === undefined) return false;
  return landingsOf(sibling).some((landing) => {
    const callee = landing.to === 'argument' ? unwrap(landing.call.callee) : undefined;
    const list = callee?.type === T.MemberExpression ? unwrap(callee.object) : undefined;
    if (list?.type !== T.MemberExpression || list.object.type !== T.ThisExpression) return false;
    const name = staticName(list) ?? '';
    const value = declaredField(cls, name)?.value ?? fieldAssignments(cls).get(name);
    const made = value && unwrap(value);
    // What the class itself does not declare, a base class does, and makes it.
    return made?.type !== T.ArrayExpression && made?.type !== T.NewExpression && declaresField(cls, name);
  });
}

function evidenceOf(call: TSESTree.CallExpression, cls: ClassNode | undefined, standing: Standing, editor: boolean, ctx: Context): Evidence | undefined {
  const near = siblingIn(rootScope(call), call, editor, ctx);
  if (near) return { kind: 'sibling', sibling: near, near: true };
  if (cls === undefined || standing === 'unknown') return undefined;
  const far = siblingIn(cls.body, call, editor, ctx);
  if (far && standing !== 'handed') return { kind: 'sibling', sibling: far, near: false };
  if (standing === 'handed' && !isInConstructor(call)) return undefined;
  return (endsLife(cls, ctx) || endsList(cls)) && keepsThis(call, ctx) ? { kind: 'owner' } : undefined;
}

/** The method or plain function that the call belongs to, closures taken together. */
function rootScope(call: TSESTree.Node): TSESTree.Node {
  const owner = thisOwner(call);
  return owner.type === T.Program ? rootOf(call) : owner;
}

function siblingIn(scope: TSESTree.Node, call: TSESTree.CallExpression, editor: boolean, ctx: Context): TSESTree.CallExpression | undefined {
  const sort = sortOf(call);
  return keptIn(scope, ctx).find((other) => other !== call && (sortOf(other) === sort || (editor && isEditors(other, ctx))) && ctx.callFact(other)?.promise !== true);
}

const keptByScope = new WeakMap<TSESTree.Node, readonly TSESTree.CallExpression[]>();

/** The calls below the node whose subscription is kept: looked for once, however many are dropped there. */
function keptIn(scope: TSESTree.Node, ctx: Context): readonly TSESTree.CallExpression[] {
  const before = keptByScope.get(scope);
  if (before) return before;
  const found: TSESTree.CallExpression[] = [];
  walk(scope, (node) => {
    if (node.type === T.CallExpression && mayGiveSubscription(node) && isKept(node, ctx)) found.push(node);
  });
  keptByScope.set(scope, found);
  return found;
}

/** The value is collected to be ended, at once or by the name that it is given first. */
function isKept(value: TSESTree.Node, ctx: Context, collected: (value: TSESTree.Node) => boolean = isCollected): boolean {
  if (collected(value)) return true;
  return landingsOf(value).some((landing) => {
    const variable = landing.to === 'variable' && landing.path.length === 0 ? ctx.bindings.variableOf(landing.id) : undefined;
    return variable?.references.some((reference) => reference.isRead() && collected(reference.identifier)) ?? false;
  });
}

/** A component of React, which its page takes off: but for the one that is the whole page. */
function isComponent({ superClass, id }: ClassNode): boolean {
  return superClass !== null && /^(Pure)?Component$/.test(lastName(superClass) ?? '') && !/^(App|Root|Main|Application)|(App|Root|Page|Layout)$/.test(id?.name ?? '');
}

/** The object that `this` is has a method that ends it, of its own or inherited. */
export function endsLife(cls: ClassNode, ctx: Context): boolean {
  const { disposers, self } = factsOf(cls);
  if (disposers.length > 0 || isComponent(cls)) return true;
  const fact = self && ctx.typeFact(self);
  return fact?.type.members.some((member) => member === 'dispose' || member === 'destroy') ?? false;
}

/** A method goes through a list of the object by whose name it collects what ends subscriptions, and ends each: `clear() { this.disposables.forEach((one) => one.dispose()); }`. */
function endsList(cls: ClassNode): boolean {
  return haltsOf(cls).some((method) => {
    let ends = false;
    walk(method, (node) => {
      const list = node.type === T.ForOfStatement ? node.right : node.type === T.CallExpression && node.callee.type === T.MemberExpression && calleeName(node) === 'forEach' ? node.callee.object : undefined;
      if (list?.type === T.MemberExpression && list.object.type === T.ThisExpression && collects(staticName(list) ?? '') && disposesIn(node)) ends = true;
    });
    return ends;
  });
}

function disposesIn(loop: TSESTree.Node): boolean {
  let disposes = false;
  walk(loop, (node) => {
    if (node.type === T.CallExpression && /^(dispose|unsubscribe)$/.test(calleeName(node) ?? '')) disposes = true;
  });
  return disposes;
}

export function isInConstructor(call: TSESTree.Node): boolean {
  const owner = thisOwner(call);
  return isFunction(owner) && owner.parent.type === T.MethodDefinition && owner.parent.kind === 'constructor';
}

/** The listener holds the object: `this` is mentioned in what the call is given, or in a function that is named there. */
export function keepsThis(call: TSESTree.CallExpression, ctx: Context): boolean {
  return call.arguments.some((argument) => {
    let found = false;
    walk(argument, (node) => {
      if (node.type === T.ThisExpression) found = true;
      const fn = node.type === T.Identifier ? ctx.bindings.functionOf(node) : undefined;
      if (fn?.type === T.ArrowFunctionExpression && fn !== argument && mentionsThis(fn)) found = true;
    });
    return found;
  });
}

function mentionsThis(fn: TSESTree.Node): boolean {
  let found = false;
  walk(fn, (node) => {
    if (node.type === T.ThisExpression) found = true;
  });
  return found;
}

/** The other half of the pair is called somewhere in the class or function. */
function isTakenBack(call: TSESTree.CallExpression, ctx: Context): boolean {
  const counterpart = counterpartOf(calleeName(call) ?? '');
  const target = receiverOf(call);
  if (counterpart === undefined) return false;
  return callsNamed(widestScope(call), [counterpart]).some((node) => {
    const other = receiverOf(node);
    return target === undefined ? other === undefined : sameText(target, other, ctx);
  });
}

/** The target ends with its owner: the class releases it, or keeps it among what it disposes of. */
export function isEndedWithOwner(target: TSESTree.Node, cls: ClassNode | undefined, call: TSESTree.CallExpression): boolean {
  const field = fieldOf(target);
  if (field === undefined || cls === undefined) return isEndedInScope(target, call);
  let ended = endedFields.get(cls);
  if (ended === undefined) endedFields.set(cls, (ended = new Map()));
  let ends = ended.get(field);
  if (ends === undefined) ended.set(field, (ends = (factsOf(cls).members.get(field) ?? []).some((member) => isCollected(member) || landingsOf(member).some(isEnding))));
  return ends;
}

/** Whether a class ends what a field of it holds: a class may listen many times to one field. */
const endedFields = new WeakMap<ClassNode, Map<string, boolean>>();

/** A method is called that ends the object, not just one of its listeners. */
function isEnding(landing: Landing): boolean {
  return landing.to === 'method' && releasesByName(landing.name) && !/^(remove|off|un)\w*listeners?$/i.test(landing.name);
}

/** A variable that the function around itself disposes of or keeps to be disposed of. */
function isEndedInScope(target: TSESTree.Node, call: TSESTree.CallExpression): boolean {
  if (target.type !== T.Identifier) return false;
  return identifiersIn(widestScope(call), target.name).some((node) => node !== target && (isCollected(node) || landingsOf(node).some(isEnding)));
}
