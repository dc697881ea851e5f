import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowEdge, FlowGraph, FlowNode } from '../flow/graph';
import { staticName, unwrap } from '../syntax/nodes';
import { isNothing } from '../syntax/values';
import { answerOfAddress } from './addresses';
import { A_DESCRIPTOR, EQUALITIES, compare, numberOf } from './comparison';
import type { Context } from './context';
import type { Guards, GuardWrite, Known } from './guards';
import { answer, learnt } from './guards';
import { placeOf } from './place';
import { changesMeanwhile, memberWhileHeld, whileHeld } from './resourceState';
import type { AcquireSite } from './site';

/** Functions that tell whether there is something at a path. */
const EXISTENCE: ReadonlySet<string> = new Set(['existsSync', 'pathExistsSync', 'pathExists', 'exists']);

/** Keeps a path in agreement with itself: what its conditions were answered, and what a held resource answers by being held. */
export class Conditions {
  private readonly guards: Guards;

  constructor(
    graph: FlowGraph,
    private readonly site: AcquireSite | undefined,
    private readonly ctx: Context,
  ) {
    this.guards = ctx.guardsOf(graph);
  }

  /** What a node writes of what conditions and places are made of. */
  writesAt(node: FlowNode): readonly GuardWrite[] {
    return this.guards.writesAt(node);
  }

  /** The places that hold the resource after the node: what it writes holds it no more, unless it is there that the node puts it. Sorted. */
  heldAfter(node: FlowNode, held: ReadonlySet<string>, gained: ReadonlySet<string>): string[] {
    const after = new Set(held);
    for (const { subject } of this.guards.writesAt(node)) {
      for (const place of after) if (place === subject || place.startsWith(`${subject}.`)) after.delete(place);
    }
    for (const place of gained) after.add(place);
    return [...after].sort();
  }

  /** What the subjects are known to be after the node's own writes. */
  remember(node: FlowNode, before: ReadonlyMap<string, Known>): ReadonlyMap<string, Known> {
    const { guards } = this;
    const writes = guards.writesAt(node);
    const outdated = node.kind === 'await' ? [...before.keys()].filter(changesMeanwhile) : [];
    if (writes.length === 0 && outdated.length === 0) return before;
    const known = new Map(before);
    for (const subject of outdated) known.delete(subject);
    for (const write of writes) {
      for (const subject of known.keys()) if (subject === write.subject || subject.startsWith(`${write.subject}.`) || subject.startsWith(`${write.subject}=`)) known.delete(subject);
      if (!guards.tracks(write.subject)) continue;
      const comes = write.condition && guards.evaluate(write.condition, before);
      const value = write.value ?? (comes === undefined ? undefined : comes ? 'T' : 'F');
      if (value !== undefined) known.set(write.subject, value);
    }
    return known;
  }

  /** Whether an edge out of a condition agrees with what is known; and what is known then. */
  answerAt(node: FlowNode, edge: FlowEdge, held: readonly string[], known: ReadonlyMap<string, Known>): ReadonlyMap<string, Known> | 'contradicts' {
    if (node.kind !== 'test' || (edge.kind !== 'true' && edge.kind !== 'false')) return known;
    const taken = edge.kind === 'true';
    if (taken && held.length > 0 && this.isDrained(node)) return 'contradicts';
    const state = this.stateTest(node.ast, held);
    // What is true or false is there: `rows.return?.()`.
    if (state !== undefined) return (node.asks === 'nullish' ? false : state) === taken ? known : 'contradicts';
    const compared = this.comparedWhileHeld(node.ast, held) ?? (held.length > 0 && node.asks !== 'nullish' ? answerOfAddress(node.ast, (object) => this.isHeld(object, held), this.ctx) : undefined);
    if (compared !== undefined) return compared === taken ? known : 'contradicts';
    const { guards } = this;
    const question = guards.questionAt(node);
    if (question === undefined) return known;
    const given = taken !== question.reversed;
    const before = held.some((place) => place === question.subject || place.startsWith(`${question.subject}.`)) ? 'T' : (heldMember(question.subject, held) ?? knownOf(question.subject, known));
    const decided = answer(question.asks, before);
    if (decided !== undefined) return decided === given ? known : 'contradicts';
    if (!guards.tracks(question.subject)) return known;
    return new Map(known).set(question.subject, learnt(question.asks, given, before));
  }

  /** `if (done) break`: what was read to its end holds nothing any more, so no path goes on from there with an obligation. */
  private isDrained(node: FlowNode): boolean {
    const drained = this.site?.resource.drained;
    return drained !== undefined && node.asks !== 'nullish' && this.ctx.memberName(node.ast) === drained.flag;
  }

  /** `x.closed`, `x.isReleased()`, of a held resource; and whether it has the method that releases it: `x.close`, `typeof x.close === 'function'`, `'close' in x`. */
  private stateTest(test: TSESTree.Node, held: readonly string[]): boolean | undefined {
    const expression = unwrap(test);
    if (this.asksForPath(this.ctx.awaited(expression), held)) return true;
    const asked = methodAsked(expression);
    if (asked !== undefined) return this.isHeld(asked.object, held) && this.hasMethod(asked.name) ? asked.there : undefined;
    const member = expression.type === T.CallExpression && expression.arguments.length === 0 ? unwrap(expression.callee) : expression;
    if (member.type !== T.MemberExpression) return undefined;
    const name = staticName(member);
    if (name === undefined || !this.isHeld(member.object, held)) return undefined;
    return whileHeld(name) ?? (member === expression && this.hasMethod(name) ? true : undefined);
  }

  private isHeld(object: TSESTree.Node, held: readonly string[]): boolean {
    const place = placeOf(object, this.ctx.bindings);
    return place !== undefined && held.includes(place.key);
  }

  /** Whoever has the resource has what releases it. */
  private hasMethod(name: string): boolean {
    return this.site?.resource.releases.some(({ method, on }) => method === name && on === undefined) === true;
  }

  /** `existsSync(path)`, of what was made there and not removed. */
  private asksForPath(call: TSESTree.Node, held: readonly string[]): boolean {
    if (call.type !== T.CallExpression || this.site?.resource.value !== 'path' || !EXISTENCE.has(this.ctx.calleeName(call) ?? '')) return false;
    const place = call.arguments[0] && placeOf(call.arguments[0], this.ctx.bindings);
    return place !== undefined && held.includes(place.key);
  }

  /** A resource that was just acquired is no older value; a descriptor is no sentinel. */
  private comparedWhileHeld(test: TSESTree.Node, held: readonly string[]): boolean | undefined {
    const expression = unwrap(test);
    if (expression.type !== T.BinaryExpression) return undefined;
    const [left, right] = [this.isHeld(expression.left, held), this.isHeld(expression.right, held)];
    if (left === right) return undefined;
    const other = unwrap(left ? expression.right : expression.left);
    const number = numberOf(other);
    if (number !== undefined) return left ? compare(A_DESCRIPTOR, expression.operator, number) : compare(number, expression.operator, A_DESCRIPTOR);
    if (placeOf(other, this.ctx.bindings) === undefined || isNothing(other)) return undefined;
    return compare(1, expression.operator, 2, EQUALITIES);
  }
}

/** `typeof x.close === 'function'`, `'close' in x`, and what says the opposite. */
function methodAsked(test: TSESTree.Node): { readonly object: TSESTree.Node; readonly name: string; readonly there: boolean } | undefined {
  if (test.type !== T.BinaryExpression) return undefined;
  const [left, right] = [unwrap(test.left), unwrap(test.right)];
  if (test.operator === 'in') return left.type === T.Literal && typeof left.value === 'string' ? { object: right, name: left.value, there: true } : undefined;
  const asked = left.type === T.UnaryExpression && left.operator === 'typeof' ? unwrap(left.argument) : undefined;
  if (asked?.type !== T.MemberExpression || !/^[!=]==?$/.test(test.operator) || right.type !== T.Literal) return undefined;
  const name = staticName(asked);
  if (name === undefined || (right.value !== 'function' && right.value !== 'undefined')) return undefined;
  return { object: asked.object, name, there: (right.value === 'function') === test.operator.startsWith('=') };
}

/** What is known of the subject, or follows from what it would be a member of: what is not there has no members. */
function knownOf(subject: string, known: ReadonlyMap<string, Known>): Known | undefined {
  const own = known.get(subject);
  if (own !== undefined) return own;
  for (let dot = subject.lastIndexOf('.'); dot > 0; dot = subject.lastIndexOf('.', dot - 1)) if (known.get(subject.slice(0, dot)) === 'N') return 'N';
  return undefined;
}

/** The subject is a member of what is held, of which it is known what it is meanwhile. */
function heldMember(subject: string, held: readonly string[]): Known | undefined {
  const dot = subject.lastIndexOf('.');
  return held.includes(subject.slice(0, dot)) ? memberWhileHeld(subject.slice(dot + 1)) : undefined;
}

const keys = new WeakMap<ReadonlyMap<string, Known>, string>();

/** What is known, as a text that is equal where it is. Most states share one map. */
export function keyOfKnown(known: ReadonlyMap<string, Known>): string {
  if (known.size === 0) return '';
  let key = keys.get(known);
  if (key === undefined) keys.set(known, (key = [...known].map(([subject, value]) => subject + value).sort().join(',')));
  return key;
}
