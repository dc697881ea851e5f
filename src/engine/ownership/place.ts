import type { Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowRoot } from '../flow/graph';
import type { Bindings } from '../syntax/bindings';
import { childrenOf, isFunction, staticName, thisOwner, unwrap } from '../syntax/nodes';
import { visitorKeys } from '../syntax/visit';

/** Where a function keeps a resource: a variable or `this`, and the members that lead on from there. */
export interface Place {
  /** Equal for equal places of one file. */
  readonly key: string;
  readonly variable: Variable | 'this';
  readonly path: readonly string[];
}

/** The value that an acquire has just given and nothing holds yet. */
export const IN_FLIGHT = '()';

/** What no value stands for: a section that one call begins and another ends. */
export const SECTION = '[]';

export function placeOfVariable(variable: Variable, path: readonly string[], bindings: Bindings): Place {
  return { key: [`v${bindings.idOf(variable)}`, ...path].join('.'), variable, path };
}

/** The place that an expression names, if it is a variable or `this` with static members. */
export function placeOf(expression: TSESTree.Node, bindings: Bindings): Place | undefined {
  const path: string[] = [];
  let node = unwrap(expression);
  while (node.type === T.MemberExpression) {
    const name = staticName(node);
    if (name === undefined) return undefined;
    path.unshift(name);
    node = unwrap(node.object);
  }
  if (node.type === T.ThisExpression) return path.length === 0 ? undefined : { key: ['this', ...path].join('.'), variable: 'this', path };
  if (node.type !== T.Identifier) return undefined;
  const variable = bindings.variableOf(node);
  return variable === undefined ? undefined : placeOfVariable(variable, path, bindings);
}

/** An expression that stands for the place, or for a value that contains it (`rest` then says where inside). */
export interface Mention {
  readonly node: TSESTree.Node;
  readonly rest: readonly string[];
  readonly write: boolean;
}

/** All mentions of a place, in the whole file for a variable, in the functions that share its `this` for a field. */
export function mentionsOf(place: Place, root: FlowRoot): Mention[] {
  if (place.variable === 'this') return thisMembers(thisOwnerOf(root)).flatMap((node) => mention(node, place.path) ?? []);
  return place.variable.references.flatMap((reference) => {
    if (reference.isWrite() && !reference.isRead()) return [{ node: reference.identifier, rest: place.path, write: true }];
    return mention(reference.identifier, place.path) ?? [];
  });
}

/** Methods of a list that leave its elements alone. */
const KEEPING_ELEMENTS = new Set(['push', 'unshift', 'includes', 'indexOf']);

/** A step of a path that is a place in a list. */
export function isIndex(step: string): boolean {
  return /^\d+$/.test(step);
}

function isCalled(member: TSESTree.MemberExpression): boolean {
  return member.parent.type === T.CallExpression && member.parent.callee === member;
}

/** Climbs from the root of a place along its members; undefined where the expression turns off to another member. */
function mention(start: TSESTree.Node, path: readonly string[]): Mention | undefined {
  let node = start;
  let rest = path;
  for (;;) {
    const [first] = rest;
    let parent: TSESTree.Node | undefined = node.parent;
    let inner = node;
    while (parent?.type === T.TSNonNullExpression || parent?.type === T.TSAsExpression) {
      inner = parent;
      parent = parent.parent;
    }
    if (first === undefined || parent?.type !== T.MemberExpression || parent.object !== inner) break;
    if (staticName(parent) !== first) {
      // `files.map(...)` goes through the list, and may do anything with what is at one of its places.
      if (isIndex(first) && isCalled(parent) && !KEEPING_ELEMENTS.has(staticName(parent) ?? '')) break;
      return undefined;
    }
    node = parent;
    rest = rest.slice(1);
  }
  const { parent } = node;
  const write = rest.length === 0 && parent?.type === T.AssignmentExpression && parent.left === node && parent.operator === '=';
  return { node, rest, write };
}

function thisOwnerOf(root: FlowRoot): FlowRoot {
  return root.type === T.ArrowFunctionExpression ? thisOwner(root) : root;
}

const members = new WeakMap<TSESTree.Node, TSESTree.ThisExpression[]>();

/** The `this` expressions that mean the same object as in this function. */
function thisMembers(owner: FlowRoot): TSESTree.ThisExpression[] {
  let found = members.get(owner);
  if (found) return found;
  found = [];
  members.set(owner, found);
  const pending: TSESTree.Node[] = childrenOf(owner, visitorKeys);
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === T.ThisExpression) found.push(node);
    if ((isFunction(node) && node.type !== T.ArrowFunctionExpression) || node.type === T.ClassBody) continue;
    pending.push(...childrenOf(node, visitorKeys));
  }
  return found;
}
