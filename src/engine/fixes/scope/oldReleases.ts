import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../../ownership/context';
import type { Effect } from '../../ownership/effect';
import type { Obligation } from '../../ownership/obligation';
import { placeOf } from '../../ownership/place';
import type { Release } from '../../resources/model';
import { calleeName, isAsync, rootOf, unwrap, within, wrapped } from '../../syntax/nodes';
import { promiseMethod } from '../../syntax/promises';
import { isNothing } from '../../syntax/values';
import { walk } from '../../syntax/visit';
import type { ResourceCase } from '../case';
import type { Plan } from '../edit/plan';
import type { Source } from '../edit/source';
import type { Removal } from '../edit/removals';
import { planRemoval } from '../edit/removals';

/** A release that the code has and that a scope would take over. */
export interface OldRelease {
  readonly call: TSESTree.CallExpression;
  readonly release: Release | undefined;
  /** With what handles its failure: `x.close().catch(log)`. */
  readonly expression: TSESTree.Node;
  readonly awaited: boolean;
  readonly statement: TSESTree.Node;
  /** It is one of several in `await Promise.all([...])`, of which the others stay. */
  readonly together?: TSESTree.CallExpression;
  /** What it gives is returned: `return client.end();`. Of the statement the `return` stays, where it does not end the function anyway. */
  readonly returned?: 'ends' | 'leaves';
}

export interface OldReleases {
  readonly all: readonly OldRelease[];
  readonly removal: Removal;
}

/** All releases of the resource in its function; undefined when one of them is more than a statement that can go. */
export function oldReleasesOf(given: ResourceCase): OldReleases | undefined {
  const { obligation } = given;
  const all: OldRelease[] = [];
  const gone: TSESTree.Node[] = [];
  for (const effect of obligation.effects.effects) {
    if (effect.kind === 'wrong') return undefined;
    if (effect.kind !== 'release' || effect.release?.incidental) continue;
    const old = oldRelease(effect, given);
    if (old === undefined) return undefined;
    if (all.some((other) => other.call === old.call)) continue;
    all.push(old);
    if (old.together === undefined && old.returned !== 'leaves') gone.push(old.statement);
  }
  gone.push(...resets(given));
  const removal = removalOf(gone, [obligation], given);
  return removal && { all, removal };
}

/** What becomes of the code when these statements go, which release those resources. */
export function removalOf(gone: readonly TSESTree.Node[], obligations: readonly Obligation[], { ctx }: ResourceCase): Removal | undefined {
  const places = new Set(obligations.flatMap(({ effects }) => effects.places.map((place) => place.key)));
  return planRemoval(gone, (test) => {
    const asked = subjectOf(test);
    const place = asked && placeOf(asked, ctx.bindings);
    return place !== undefined && places.has(place.key);
  });
}

function oldRelease(effect: Effect, given: ResourceCase): OldRelease | undefined {
  const { obligation } = given;
  const { call, release } = effect;
  if (call?.type !== T.CallExpression || rootOf(call) !== obligation.root) return undefined;
  if (release === undefined) return undefined;
  let expression: TSESTree.Node = wrapped(call);
  const joint = jointRelease(call, given);
  if (joint) return { call, release, expression, awaited: true, statement: joint };
  // `x.close().catch(ignore)`: what is done about its failure belongs to it.
  for (;;) {
    const member: TSESTree.Node | undefined = expression.parent;
    if (member?.type !== T.MemberExpression || member.object !== expression || member.parent.type !== T.CallExpression || member.parent.callee !== member) break;
    if (calleeName(member.parent) !== 'catch') return undefined;
    expression = wrapped(member.parent);
  }
  const { parent } = expression;
  if (parent?.type === T.ArrayExpression) return releaseTogether(call, release, expression, parent, given.ctx);
  const awaited = parent?.type === T.AwaitExpression;
  const whole = awaited ? wrapped(parent) : expression;
  if (whole.parent?.type === T.ReturnStatement) return returnedRelease({ call, release, expression, awaited, statement: whole.parent }, given);
  const statement = whole.parent?.type === T.UnaryExpression && whole.parent.operator === 'void' ? whole.parent.parent : whole.parent;
  return statement?.type === T.ExpressionStatement ? { call, release, expression, awaited, statement } : undefined;
}

/** Undefined where what it gives means something to the caller, who may have to wait for it. */
function returnedRelease(old: OldRelease, { obligation, ctx }: ResourceCase): OldRelease | undefined {
  const result = ctx.callFact(old.call)?.result;
  if ((result !== undefined && !result.opaque && result.nothing !== true) || (old.release?.async === true && !isAsync(obligation.root))) return undefined;
  const { parent } = old.statement;
  const ends = parent?.type === T.BlockStatement && parent.parent === obligation.root && parent.body.at(-1) === old.statement;
  return { ...old, awaited: old.awaited || old.release?.async === true, returned: ends ? 'ends' : 'leaves' };
}

/** `await Promise.all([x.close(), y.close()]);` as a statement. */
function releaseTogether(call: TSESTree.CallExpression, release: Release, expression: TSESTree.Node, array: TSESTree.ArrayExpression, { bindings }: Context): OldRelease | undefined {
  const all = array.parent;
  if (all.type !== T.CallExpression || all.arguments.length !== 1 || !/^all(?:Settled)?$/.test(promiseMethod(all, bindings) ?? '')) return undefined;
  const awaiting = all.parent;
  if (awaiting.type !== T.AwaitExpression || awaiting.parent.type !== T.ExpressionStatement || array.elements.some((element) => element === null || element.type === T.SpreadElement)) return undefined;
  return { call, release, expression, awaited: true, statement: awaiting.parent, ...(array.elements.length > 1 ? { together: all } : {}) };
}

/** Takes one release out of a `Promise.all`; of two the other one is left by itself. */
export function removeFromTogether(plan: Plan, { expression, together }: OldRelease, source: Source): void {
  const [array] = together?.arguments ?? [];
  if (together === undefined || array?.type !== T.ArrayExpression) return;
  const index = array.elements.findIndex((element) => element !== null && within(expression, element));
  const others = array.elements.filter((_, at) => at !== index);
  const [other] = others;
  const settled = calleeName(together) === 'allSettled';
  if (others.length === 1 && other && !settled && source.commentsIn({ start: together.range[0], end: together.range[1] }).length === 0) {
    plan.remove({ start: together.range[0], end: other.range[0] }).remove({ start: other.range[1], end: together.range[1] });
    return;
  }
  const next = array.elements[index + 1];
  const before = array.elements[index - 1];
  if (next) plan.remove({ start: expression.range[0], end: next.range[0] });
  else if (before) plan.remove({ start: before.range[1], end: expression.range[1] });
}

/** `await Promise.all([a.close(), b.close()]);`, all of whose elements release what the fix makes a scope for. */
function jointRelease(call: TSESTree.CallExpression, { jointly, ctx }: ResourceCase): TSESTree.ExpressionStatement | undefined {
  const array = call.parent;
  if (jointly === undefined || array.type !== T.ArrayExpression || array.parent.type !== T.CallExpression || !isPromiseAll(array.parent, ctx)) return undefined;
  const released = new Set(jointly.flatMap(({ effects }) => effects.effects.flatMap(({ kind, call: releasing }) => (kind === 'release' && releasing ? [releasing] : []))));
  if (!array.elements.every((element) => element?.type === T.CallExpression && released.has(element))) return undefined;
  const waiting = array.parent.parent;
  return waiting.type === T.AwaitExpression && waiting.parent.type === T.ExpressionStatement ? waiting.parent : undefined;
}

/** `Promise.all(...)` of one argument. */
export function isPromiseAll(call: TSESTree.CallExpression, { bindings }: Context): boolean {
  return call.arguments.length === 1 && promiseMethod(call, bindings) === 'all';
}

/** `x = undefined;` behind a release: with the release it means nothing any more. */
function resets({ obligation, ctx }: ResourceCase): TSESTree.Node[] {
  return obligation.effects.places.flatMap((place) => {
    if (place.variable === 'this' || place.path.length > 0) return [];
    return ctx.bindings.writesOf(place.variable).flatMap(({ at, value }) => (at.type === T.AssignmentExpression && value !== undefined && isNothing(value) && at.parent.type === T.ExpressionStatement ? [at.parent] : []));
  });
}

/** What a condition asks about, if it asks only whether one thing is there: `x`, `x != null`, `x !== undefined`, `!!x`. */
function subjectOf(test: TSESTree.Node): TSESTree.Node | undefined {
  const node = unwrap(test);
  if (node.type === T.Identifier || node.type === T.MemberExpression) return node;
  if (node.type === T.UnaryExpression && node.operator === '!') {
    const inner = unwrap(node.argument);
    return inner.type === T.UnaryExpression && inner.operator === '!' ? subjectOf(inner.argument) : undefined;
  }
  if (node.type === T.BinaryExpression && (node.operator === '!=' || node.operator === '!==') && isNothing(node.right)) return unwrap(node.left);
  return undefined;
}

/** The release's text with the resource taken out: `[ '', '.close()' ]`. Undefined when it depends on what only its own place has. */
export function templateOf(old: OldRelease, given: ResourceCase, visibleFrom: TSESTree.Node): readonly string[] | undefined {
  const { ctx, obligation, source } = given;
  const keys = new Set(obligation.effects.places.map((place) => place.key));
  const holes: TSESTree.Node[] = [];
  let depends = false;
  walk(old.expression, (node) => {
    if (holes.some((hole) => hole !== node && node.range[0] >= hole.range[0] && node.range[1] <= hole.range[1])) return;
    if (node.type === T.Identifier || node.type === T.MemberExpression) {
      const place = placeOf(node, ctx.bindings);
      if (place !== undefined && keys.has(place.key) && !isMemberName(node)) {
        holes.push(node);
        return;
      }
    }
    if (node.type === T.Identifier && !isMemberName(node) && !isVisible(node, visibleFrom, given)) depends = true;
    if (node.type === T.AwaitExpression || node.type === T.YieldExpression || (node.type === T.Identifier && node.name === 'arguments')) depends = true;
  });
  if (depends) return undefined;
  const parts: string[] = [];
  let at = old.expression.range[0];
  for (const hole of holes.sort((one, other) => one.range[0] - other.range[0])) {
    parts.push(source.text.slice(at, hole.range[0]));
    at = hole.range[1];
  }
  parts.push(source.text.slice(at, old.expression.range[1]));
  return parts.map((part) => part.replace(/^\?\./, '.'));
}

function isMemberName(node: TSESTree.Node): boolean {
  const { parent } = node;
  if (parent?.type === T.MemberExpression) return parent.property === node && !parent.computed;
  return parent?.type === T.Property && parent.key === node && !parent.computed && !parent.shorthand;
}

/** The name means the same where the scope begins: a global, or a variable that is there and never changes. */
function isVisible(name: TSESTree.Identifier, from: TSESTree.Node, { ctx, obligation }: ResourceCase): boolean {
  const variable = ctx.bindings.variableOf(name);
  if (variable === undefined) return true;
  // Parameters and variables of functions inside of the release itself.
  if (variable.scope.block.range[0] >= (name.parent.range[0] ?? 0) && rootOf(name) !== obligation.root) return true;
  const { block } = variable.scope;
  if (from.range[0] < block.range[0] || from.range[1] > block.range[1]) return false;
  const [definition] = variable.defs;
  if (definition === undefined || definition.type === 'Variable') return ctx.bindings.writesOf(variable).length <= 1 && (variable.identifiers[0]?.range[0] ?? 0) < from.range[0];
  return !variable.references.some((reference) => reference.isWrite());
}
