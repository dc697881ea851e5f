import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { lastNameOf } from '../resources/lookup';
import { calleeName, isFunction, rootOf, unwrap, wrapped } from '../syntax/nodes';
import type { Context } from './context';
import type { Landing } from './landing';
import { landingsOf } from './landing';
import type { Obligation } from './obligation';
import { mentionsOf, placeOfVariable } from './place';
import type { AcquireSite } from './site';

/** The promise of a resource waits together with others. */
export type Combination =
  /** In `Promise.all`: another one's failure loses the resource. */
  | { readonly kind: 'concurrent'; readonly combinator: TSESTree.CallExpression }
  /** In `Promise.race` or `Promise.any`: when it loses, the resource arrives with nobody there. */
  | { readonly kind: 'race'; readonly combinator: TSESTree.CallExpression };

/** The promise of a resource is used as if it were the resource, or thrown away (`used` is absent). */
export interface Misuse {
  readonly kind: 'not-awaited';
  readonly used: TSESTree.Node | undefined;
}

/** The acquire is an element of `Promise.all([...])`, or is made for each element of `Promise.all(list.map(...))`. */
export function combinationOf({ site, landings, root }: Obligation, ctx: Context): Combination | undefined {
  if (!site.async || site.holder.in === 'receiver' || site.holder.in === 'callback') return undefined;
  for (const landing of landings.flatMap((one) => throughVariable(one, root, ctx))) {
    if (landing.to === 'argument' && landing.path.length === 1) {
      const combinator = combinedBy(landing.call, ctx);
      if (combinator && landing.call.type === T.CallExpression && hasFailingSibling(landing.call, site.call)) return { kind: combinator, combinator: landing.call };
    }
    if (landing.to === 'return' && landings.length === 1) {
      const mapped = mappedInto(rootOf(site.call));
      const combinator = mapped && combinedBy(mapped, ctx);
      if (mapped && combinator) return { kind: combinator, combinator: mapped };
    }
  }
  return undefined;
}

/** Where a value goes that a variable was given, and aliases of that variable. */
function usesOf(landing: Landing, root: Obligation['root'], ctx: Context, depth = 3): Landing[] {
  const variable = landing.to === 'variable' && landing.path.length === 0 && depth > 0 ? ctx.bindings.variableOf(landing.id) : undefined;
  if (variable === undefined) return [landing];
  const further = mentionsOf(placeOfVariable(variable, [], ctx.bindings), root).flatMap((mention) => (mention.write ? [] : landingsOf(mention.node)));
  return further.flatMap((next) => usesOf(next, root, ctx, depth - 1));
}

/** A promise kept in a constant goes where that goes. */
function throughVariable(landing: Landing, root: Obligation['root'], ctx: Context): Landing[] {
  const further = usesOf(landing, root, ctx);
  // Whoever also handles the promise itself sees to what it brings.
  return further.some((next) => next.to === 'method' || next.to === 'return') ? [landing] : further;
}

function combinedBy(call: TSESTree.Node, ctx: Context): 'concurrent' | 'race' | undefined {
  if (call.type !== T.CallExpression) return undefined;
  const callee = unwrap(call.callee);
  if (callee.type !== T.MemberExpression || callee.object.type !== T.Identifier || callee.object.name !== 'Promise' || !ctx.bindings.isGlobal(callee.object)) return undefined;
  if (callee.property.type !== T.Identifier) return undefined;
  if (callee.property.name === 'all') return 'concurrent';
  return callee.property.name === 'race' || callee.property.name === 'any' ? 'race' : undefined;
}

function hasFailingSibling(combinator: TSESTree.Node, acquire: TSESTree.Node): boolean {
  const [list] = combinator.type === T.CallExpression ? combinator.arguments : [];
  if (list?.type !== T.ArrayExpression) return false;
  return list.elements.some((element) => {
    if (element === null || (element.range[0] <= acquire.range[0] && element.range[1] >= acquire.range[1])) return false;
    const value = unwrap(element);
    return value.type !== T.Literal && value.type !== T.TemplateLiteral;
  });
}

/** `Promise.all(list.map(fn))`: the combinator around the map that runs the function for each element. */
function mappedInto(fn: TSESTree.Node): TSESTree.CallExpression | undefined {
  if (!isFunction(fn)) return undefined;
  const map = fn.parent;
  if (map.type !== T.CallExpression || map.arguments[0] !== fn) return undefined;
  const callee = unwrap(map.callee);
  if (callee.type !== T.MemberExpression || callee.property.type !== T.Identifier || callee.property.name !== 'map') return undefined;
  const { parent } = wrapped(map);
  return parent?.type === T.CallExpression && parent.arguments.length > 0 ? parent : undefined;
}

/** A promise that is thrown away, or whose members are used as the resource's, with nothing that awaits it. */
export function misuseOf({ site, landings, root }: Obligation, ctx: Context): Misuse | undefined {
  if (site.certainty !== 'proof' || site.holder.in !== 'result') return undefined;
  for (const landing of landings) {
    if (landing.to === 'nothing' && mayHaveCallback(site)) return undefined;
    if (landing.to === 'nothing') return landing.at.type === T.ExpressionStatement ? { kind: 'not-awaited', used: undefined } : undefined;
    if (landing.to === 'method' && !isPromiseMethod(landing.name)) return { kind: 'not-awaited', used: landing.call };
    if (landing.to === 'member' && landing.name !== undefined && !isPromiseMethod(landing.name)) return { kind: 'not-awaited', used: landing.member };
    if (landing.to !== 'variable' || landing.path.length > 0) continue;
    if (landing.using) return { kind: 'not-awaited', used: landing.at };
    const variable = ctx.bindings.variableOf(landing.id);
    if (variable === undefined || ctx.bindings.writesOf(variable).length !== 1) continue;
    const members = usesOf(landing, root, ctx);
    const wrong = members.find((use) => use.to === 'method');
    if (wrong?.to === 'method' && members.every((use) => use.to === 'method' && !isPromiseMethod(use.name))) return { kind: 'not-awaited', used: wrong.call };
  }
  return undefined;
}

/** The function takes a callback as well, and what is given last could be one. */
function mayHaveCallback({ call, resource }: AcquireSite): boolean {
  const last = call.arguments.at(-1);
  if (last === undefined || [T.Literal, T.TemplateLiteral, T.ObjectExpression].includes(unwrap(last).type)) return false;
  const name = calleeName(call);
  return resource.acquires.some((acquire) => acquire.holder?.in === 'callback' && lastNameOf(acquire.call) === name);
}

function isPromiseMethod(name: string): boolean {
  return name === 'then' || name === 'catch' || name === 'finally';
}
