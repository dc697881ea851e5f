import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import { ownershipByName, releasesByName } from '../resources/ownedNames';
import type { CallNode } from '../syntax/nodes';
import { calleeName, isCall, isFunction, staticName, thisOwner, unwrapAwait, within } from '../syntax/nodes';
import { isNothing } from '../syntax/values';
import type { ClassFacts, ClassNode } from './owners';
import { factsOf, nameOfParameter } from './owners';
import { completesItself, givesSubscription, isCollected, mayGiveSubscription, targetOf } from './subscribing';
import { standingOf } from './targets';

/** A field that the class fills with something that has to be ended, and that its own end forgets. */
export interface ForgottenField {
  readonly name: string;
  /** What makes the value. */
  readonly call: CallNode;
  /** A field that the class does end; absent where it ends none. */
  readonly sibling?: string;
  /** The field is for the class alone, as it says itself. */
  readonly hidden: boolean;
}

/** The calls of a class that give what its fields hold. */
export function madeForFields(cls: ClassNode, ctx: Context): CallNode[] {
  const { values } = factsOf(cls);
  return [...values.values()].flatMap((made) => made.map(unwrapAwait).filter(isCall).filter((call) => makes(call, ctx)));
}

/** The fields that the end of the class forgets, of those for whose values `owes` says that they have to be ended. */
export function forgottenFields(cls: ClassNode, ctx: Context, owes: (call: CallNode) => boolean): ForgottenField[] {
  const facts = factsOf(cls);
  if (facts.givesThis) return [];
  const sibling = [...new Set([...facts.members.keys(), ...facts.values.keys()])].find((name) => isEnded(name, facts) || isKept(name, facts));
  const declared = declaredHidden(cls);
  const others = othersFields(cls);
  return [...facts.values].flatMap(([name, values]): ForgottenField[] => {
    if (others.has(name)) return [];
    const made = values.map(unwrapAwait);
    const call = made.filter(isCall).find(owes);
    const own = made.length > 0 && made.every((value) => isCall(value) && makes(value, ctx));
    if (call === undefined || !own || name === sibling || !isForgotten(name, facts)) return [];
    return [{ name, call, hidden: declared.has(name) || /^[_#]/.test(name), ...(sibling === undefined ? {} : { sibling }) }];
  });
}

/** The call gives something new, or what ends a registration. */
function makes(call: CallNode, ctx: Context): boolean {
  // A method of the object itself may have seen to the end of what it gives.
  if (call.type === T.CallExpression && call.callee.type === T.MemberExpression && call.callee.object.type === T.ThisExpression) return false;
  return call.type === T.NewExpression || mayGiveSubscription(call) || ownershipByName(ctx.calleeName(call) ?? '') === 'owned';
}

/** Fields that only the class (and its subclasses) can end. */
function declaredHidden(cls: ClassNode): Set<string> {
  const hidden = new Set<string>();
  for (const member of cls.body.body) {
    if (member.type !== T.PropertyDefinition || member.static) continue;
    const name = staticName(member);
    if (name !== undefined && (name.startsWith('#') || member.accessibility === 'private' || member.accessibility === 'protected')) hidden.add(name);
  }
  return hidden;
}

/** Fields of no object, and those whose first value the constructor is given. */
function othersFields(cls: ClassNode): Set<string> {
  return new Set(
    cls.body.body.flatMap((member) => {
      if (member.type === T.PropertyDefinition) return member.static ? [staticName(member) ?? ''] : [];
      if (member.type !== T.MethodDefinition || member.kind !== 'constructor' || !isFunction(member.value)) return [];
      return member.value.params.flatMap((parameter) => (parameter.type === T.TSParameterProperty ? [nameOfParameter(parameter) ?? ''] : []));
    }),
  );
}

/** The value goes to what is disposed of with the object: `this.x = this._register(new X())`, `this.toDispose.push(this.x)`. */
function isKept(name: string, { values, members }: ClassFacts): boolean {
  const registered = (values.get(name) ?? []).map(unwrapAwait).some((value) => value.type === T.CallExpression && value.arguments.some((argument) => isCall(unwrapAwait(argument)) && isCollected(argument)));
  return registered || (members.get(name) ?? []).some(isCollected);
}

/** The class ends the field's value when it ends itself. */
function isEnded(name: string, { members, disposing }: ClassFacts): boolean {
  return (members.get(name) ?? []).some((member) => [...disposing].some((method) => within(member, method)) && endsValue(member));
}

function endsValue(member: TSESTree.Node): boolean {
  return landingsOf(member).some((landing) => (landing.to === 'method' && releasesByName(landing.name)) || (landing.to === 'argument' && releasesByName(calleeName(landing.call) ?? '')));
}

/** No mention of the field ends its value or lets anybody else have it; but for ending the old value to put a new one there. */
function isForgotten(name: string, { members, taken, disposing }: ClassFacts): boolean {
  if (taken.has(name) || taken.has('*')) return false;
  return (members.get(name) ?? []).every((member) => {
    if ([...disposing].some((method) => within(member, method))) return isDroppedAt(member);
    // `this._register(this.x = ...)` gives it away at once.
    if (member.parent.type === T.AssignmentExpression && member.parent.left === member) return member.parent.parent.type === T.ExpressionStatement;
    if (isCollected(member)) return false;
    return landingsOf(member).every((landing) => {
      if (landing.to === 'looked-at' || landing.to === 'nothing' || landing.to === 'member') return true;
      return landing.to === 'method' && (!releasesByName(landing.name) || isReplaced(name, member, members));
    });
  });
}

/** `if (this.x) this.x = undefined`: what ends the object looks whether the value is there, and lets it go as it is. */
function isDroppedAt(member: TSESTree.MemberExpression): boolean {
  const { parent } = member;
  if (parent.type === T.AssignmentExpression && parent.left === member) return isNothing(parent.right) && parent.parent.type === T.ExpressionStatement;
  return parent.type === T.IfStatement && parent.test === member;
}

/** The method that ends the value puts a new one there. */
function isReplaced(name: string, member: TSESTree.Node, members: ClassFacts['members']): boolean {
  const method = thisOwner(member);
  return (members.get(name) ?? []).some((other) => {
    const { parent } = other;
    return parent.type === T.AssignmentExpression && parent.left === other && isFunction(method) && within(other, method) && isCall(unwrapAwait(parent.right));
  });
}

/** What is known of a value by its making: a type that has `dispose`, or a class known for that. */
export function isDisposable(call: CallNode, ctx: Context): boolean {
  const fact = ctx.callFact(call);
  const known = call.type === T.NewExpression && /^(DisposableCollection|DisposableStore|MutableDisposable|DisposableMap|ResizeObserver|MutationObserver|IntersectionObserver|PerformanceObserver)$/.test(ctx.calleeName(call) ?? '');
  if (fact === undefined || fact.result.opaque) return known;
  if (fact.fluent || fact.result.symbol === undefined || (call.type === T.CallExpression && mayGiveSubscription(call))) return false;
  return known || fact.result.members.includes('dispose');
}

/** Ends that are not also the pause of something that goes on. */
const FINAL_ENDS = new Set(['dispose', 'close', 'destroy', 'disconnect', 'terminate', 'quit']);

/** The value ends as the class does, by a method of the same name: it is natural that the one calls the other. */
export function endsAlike(call: CallNode, cls: ClassNode, ctx: Context): boolean {
  const result = ctx.callFact(call)?.result;
  if (result?.symbol === undefined || result.opaque || result.symbol.package !== undefined) return false;
  return disposerNames(cls).some((name) => FINAL_ENDS.has(name) && result.members.includes(name));
}

/** Some method that ends the object is more than a name that an interface asks for. */
export function doesSomething(cls: ClassNode): boolean {
  return factsOf(cls).disposers.some(({ body }) => body?.type !== T.BlockStatement || body.body.length > 0);
}

function disposerNames(cls: ClassNode): string[] {
  const { disposers } = factsOf(cls);
  return cls.body.body.flatMap((member) => (member.type === T.MethodDefinition && isFunction(member.value) && disposers.includes(member.value) ? [staticName(member) ?? ''] : []));
}

/** A registration on what is not the object's own, which gives what ends it. */
export function isSubscription(call: CallNode, ctx: Context): boolean {
  if (call.type !== T.CallExpression || !mayGiveSubscription(call) || completesItself(call, ctx)) return false;
  const target = targetOf(call);
  const standing = target === undefined ? 'global' : standingOf(target, ctx);
  return givesSubscription(ctx.callFact(call), calleeName(call) ?? '') === true && (standing === 'injected' || standing === 'global');
}

/**
 * An emitter of events, or a value that tells of its changes, holds nothing but its listeners: it goes with its object, and they with it.
 * Only where others are disposed of it should be too.
 */
export function isEmitter(call: CallNode, ctx: Context): boolean {
  return /(Emitter|Property|Subject|Signal|Observable(Value|Map|Set|Array|List)?)$/.test(ctx.calleeName(call) ?? '');
}

/** So many fields of one class are forgotten together that nobody overlooked them: the author takes them to need no end. */
export function isHabit(call: CallNode, forgotten: readonly ForgottenField[], ctx: Context): boolean {
  const name = ctx.calleeName(call);
  return forgotten.filter((other) => ctx.calleeName(other.call) === name).length >= HABIT;
}

const HABIT = 3;

