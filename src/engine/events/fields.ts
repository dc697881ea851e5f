import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import { KEEPING_METHODS } from '../ownership/sinks';
import { ownershipByName, releasesByName } from '../resources/ownedNames';
import { fieldOfParameter, parameterProperties } from '../syntax/classFields';
import type { CallNode, ClassNode } from '../syntax/nodes';
import { calleeName, isCall, isFunction, receiverOf, rootOf, staticName, unwrapAwait, within } from '../syntax/nodes';
import { isInConstructor } from './dropped';
import type { Leave } from './fieldUse';
import { isForgotten } from './fieldUse';
import type { ClassFacts } from './owners';
import { factsOf, isInheritedField } from './owners';
import { completesItself, givesSubscription, isCollected, mayGiveSubscription } from './subscribing';
import { standingOf } from './targets';

/** A field that the class fills with something that has to be ended, and that its own end forgets. */
export interface ForgottenField {
  readonly name: string;
  /** What makes the value. */
  readonly call: CallNode;
  /** A field that the class does end; absent where it ends none. */
  readonly sibling?: string;
  /** `hidden`: the field is for the class alone, as it says itself. `unsaid`: the class says that of none of its members. */
  readonly seen: 'hidden' | 'shown' | 'unsaid';
}

/** The calls of a class that give what its fields hold. */
export function madeForFields(cls: ClassNode, ctx: Context): CallNode[] {
  const { values } = factsOf(cls);
  return [...values.values()].flatMap((made) => made.map(unwrapAwait).filter(isCall).filter((call) => makes(call, ctx)));
}

/** The fields that the end of the class forgets, of those for whose values `owes` says that they have to be ended. */
export function forgottenFields(cls: ClassNode, ctx: Context, owes: (call: CallNode) => Leave | undefined): ForgottenField[] {
  const facts = factsOf(cls);
  if (facts.givesThis) return [];
  const ended = [...new Set([...facts.members.keys(), ...facts.values.keys()])].filter((name) => isEnded(name, facts) || isKept(name, facts));
  const declared = declaredHidden(cls);
  const others = othersFields(cls);
  return [...facts.values].flatMap(([name, values]): ForgottenField[] => {
    if (others.has(name) || isInheritedField(cls, name, ctx.module.path)) return [];
    const made = values.map(unwrapAwait);
    const call = made.filter(isCall).find((one) => owes(one) !== undefined);
    const leave = call && owes(call);
    const own = made.length > 0 && made.every((value) => isCall(value) && makes(value, ctx));
    if (call === undefined || leave === undefined || !own || !isForgotten(name, facts, leave, ctx)) return [];
    const sibling = ended.find((other) => other !== name);
    const seen = (declared.hidden.has(name) || /^[_#]/.test(name)) && !isShownBy(cls, name) ? 'hidden' : declared.said ? 'shown' : 'unsaid';
    return [{ name, call, seen, ...(sibling === undefined ? {} : { sibling }) }];
  });
}

/** The calls that are given one of the fields that hold what `made` gives. */
export function handedOn(cls: ClassNode, made: readonly CallNode[]): CallNode[] {
  const { values, members } = factsOf(cls);
  const names = [...values].flatMap(([name, given]) => (given.some((value) => made.some((call) => call === unwrapAwait(value))) ? [name] : []));
  const calls = names.flatMap((name) => (members.get(name) ?? []).flatMap((member) => landingsOf(member).flatMap((landing) => (landing.to === 'argument' && landing.path.length === 0 ? [landing.call] : []))));
  return [...new Set(calls)];
}

/** The call gives something new, or what ends a registration. */
function makes(call: CallNode, ctx: Context): boolean {
  // A method of the object itself may have seen to the end of what it gives.
  if (call.type === T.CallExpression && call.callee.type === T.MemberExpression && call.callee.object.type === T.ThisExpression) return false;
  // A promise of something is nobody's to end.
  if (call.type === T.NewExpression && ctx.callFact(call)?.promise === true) return false;
  return call.type === T.NewExpression || mayGiveSubscription(call) || ownershipByName(ctx.calleeName(call) ?? '') === 'owned';
}

/** Fields that only the class (and its subclasses) can end, and whether the class says of any member who may see it. */
function declaredHidden(cls: ClassNode): { readonly hidden: ReadonlySet<string>; readonly said: boolean } {
  const hidden = new Set<string>();
  let said = false;
  for (const member of cls.body.body) {
    if (member.type !== T.PropertyDefinition && member.type !== T.MethodDefinition) continue;
    const name = staticName(member);
    const closed = name !== undefined && (name.startsWith('#') || member.accessibility === 'private' || member.accessibility === 'protected');
    if (closed || member.accessibility !== undefined) said = true;
    if (closed && member.type === T.PropertyDefinition && !member.static) hidden.add(name);
  }
  return { hidden, said };
}

/** A getter that others may use gives what the field has. */
function isShownBy(cls: ClassNode, name: string): boolean {
  return (factsOf(cls).members.get(name) ?? []).some((member) => landingsOf(member).some((landing) => landing.to === 'return' && isOpenGetter(rootOf(landing.at).parent)));
}

function isOpenGetter(method: TSESTree.Node | undefined): boolean {
  return method?.type === T.MethodDefinition && method.kind === 'get' && method.accessibility !== 'private' && method.accessibility !== 'protected';
}

/** Fields of no object, and those whose first value the constructor is given. */
function othersFields(cls: ClassNode): Set<string> {
  const statics = cls.body.body.flatMap((member) => (member.type === T.PropertyDefinition && member.static ? [staticName(member) ?? ''] : []));
  return new Set([...statics, ...parameterProperties(cls).map((parameter) => fieldOfParameter(parameter)?.name ?? '')]);
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

/** Ends that release something where the code of the class is seen to. */
const REAL_ENDS = new Set([...FINAL_ENDS, 'stop', 'cleanup', 'cleanUp', 'kill', 'end', 'teardown', 'tearDown', 'shutdown', 'shutDown']);


/** The value ends as the class does, by a method of the same name: it is natural that the one calls the other. */
export function endsAlike(call: CallNode, cls: ClassNode, ctx: Context): boolean {
  const result = ctx.callFact(call)?.result;
  if (result?.symbol === undefined || result.opaque || result.symbol.package !== undefined) return false;
  return disposerNames(cls).some((name) => FINAL_ENDS.has(name) && result.members.includes(name));
}

/** A panel, a channel, a tree or the like that VS Code makes for whoever asks, and keeps until it is disposed of. */
export function isOfEditor(call: CallNode, ctx: Context): boolean {
  const result = ctx.callFact(call)?.result;
  return call.type === T.CallExpression && /^create[A-Z]/.test(calleeName(call) ?? '') && result?.symbol?.package === 'vscode' && result.members.includes('dispose');
}

/** The value is of a class of the project whose own end is seen to release something. */
export function endsSomething(call: CallNode, ctx: Context): boolean {
  return ctx.callFact(call)?.result.ends?.some((end) => REAL_ENDS.has(end)) ?? false;
}

/** A collection of disposables, which the class fills. */
export function isFilledCollection(call: CallNode, cls: ClassNode, ctx: Context): boolean {
  const { values, members } = factsOf(cls);
  if (!COLLECTION.test(ctx.calleeName(call) ?? '') && !isOfSubscriptions(call, ctx)) return false;
  return [...values].some(([name, made]) => made.some((value) => unwrapAwait(value) === call) && (members.get(name) ?? []).some((member) => landingsOf(member).some((landing) => landing.to === 'method' && KEEPING_METHODS.has(landing.name))));
}

/** `new Subscription()` of rxjs, to which others are added. */
function isOfSubscriptions(call: CallNode, ctx: Context): boolean {
  const members = call.type === T.NewExpression && ctx.calleeName(call) === 'Subscription' ? ctx.membersOf(call) : 'local';
  return members !== 'local' && members.some(({ module }) => module === 'rxjs');
}

const COLLECTION = /^(Composite|Combined)?Disposables?(Collection|Store|List|Stack|Bag|Group|Set)?$/;

/** Some method that ends the object is more than a name that an interface asks for. */
export function doesSomething(cls: ClassNode): boolean {
  return factsOf(cls).disposers.some(({ body }) => body?.type !== T.BlockStatement || body.body.length > 0);
}

function disposerNames(cls: ClassNode): string[] {
  const { disposers } = factsOf(cls);
  return cls.body.body.flatMap((member) => (member.type === T.MethodDefinition && isFunction(member.value) && disposers.includes(member.value) ? [staticName(member) ?? ''] : []));
}

/** A registration on what is not the object's own, which gives what ends it. */
export function isSubscription(call: CallNode, cls: ClassNode, ctx: Context): boolean {
  if (call.type !== T.CallExpression || !mayGiveSubscription(call) || completesItself(call, ctx)) return false;
  const gives = givesSubscription(ctx.callFact(call), calleeName(call) ?? '');
  if (gives === false || (gives === undefined && !isKeptUnread(call, cls))) return false;
  const target = receiverOf(call);
  const standing = target === undefined ? 'global' : standingOf(target, ctx);
  // What a constructor is given lives as what it keeps in a field.
  if (standing === 'injected' || standing === 'global' || (standing === 'handed' && isInConstructor(call))) return true;
  // Whose it is cannot be told; but what a class keeps for itself and never looks at, it keeps to end it.
  return standing === 'unknown' && isKeptUnread(call, cls);
}

/** The field that keeps the value is for the class alone, which never looks at it: nobody keeps anything but what ends something so. */
function isKeptUnread(call: CallNode, cls: ClassNode): boolean {
  const { values, members, taken, disposing } = factsOf(cls);
  const { hidden } = declaredHidden(cls);
  return [...values].some(([name, made]) => {
    if (!made.some((value) => unwrapAwait(value) === call) || taken.has(name) || taken.has('*') || !(hidden.has(name) || /^[_#]/.test(name))) return false;
    // `if (this.x) this.x = null` in the end asks whether there is anything to end.
    const asksAtEnd = (member: TSESTree.Node): boolean => [...disposing].some((method) => within(member, method)) && landingsOf(member).every(({ to }) => to === 'looked-at');
    return (members.get(name) ?? []).every((member) => (member.parent.type === T.AssignmentExpression && member.parent.left === member) || asksAtEnd(member));
  });
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

