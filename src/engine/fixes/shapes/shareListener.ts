import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { addedFor, boundIn, isAround, isMade, mismatchOf, removedBy } from '../../events/identity';
import type { Listening } from '../../events/listening';
import { removalsIn } from '../../events/listening';
import type { Context } from '../../ownership/context';
import { sameText } from '../../ownership/releases';
import { enclosingClass, isFunction, isLoop, lastName, thisOwner, unwrap } from '../../syntax/nodes';
import type { Draft, FixCase, FixMaker } from '../case';
import { freeName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { movedText } from '../edit/reindent';
import type { Source } from '../edit/source';
import { nodesAt } from '../locate';
import { commonScope, functionsBetween, isNamedAt, namesIn, usesFunctionAround } from '../scope/commonScope';
import { listenerText, nameFor } from '../scope/namedListener';
import { listenerField } from './listenerField';

/** A removal that names another function than the one that is added, and what adds it. */
export interface Pair {
  readonly removal: TSESTree.CallExpression;
  /** What the removal names. */
  readonly removed: TSESTree.Node;
  readonly added: Listening;
  readonly cautions: readonly string[];
}

/**
 * `add('x', () => f())` and `remove('x', () => f())` -> `const onX = () => f();` in front of both, which both name: a field where they are in two
 * methods. Where what is added has a name already, the removal takes that.
 */
export const makeShareListener: FixMaker = (given): Draft[] => {
  const pair = pairOf(given);
  if (pair === undefined) return [];
  const draft = isMade(pair.added.listener) ? (hoisted(pair, given) ?? listenerField(pair, given)) : named(pair, given);
  return draft === undefined ? [] : [draft];
};

/** Undefined where the code adds several that could be meant, or takes off what is added in another place already. */
function pairOf({ finding, source, ctx }: FixCase): Pair | undefined {
  const removal = nodesAt(source.module.ast, finding).find((node) => node.type === T.CallExpression);
  const mismatch = removal?.type === T.CallExpression ? mismatchOf(removal, ctx) : undefined;
  const removed = removal?.type === T.CallExpression ? removedBy(removal) : undefined;
  if (removal?.type !== T.CallExpression || mismatch === undefined || mismatch.why === 'capture' || removed === undefined) return undefined;
  const all = addedFor(removal, ctx);
  const isMeant = ({ listener }: Listening): boolean => sameCode(listener, removed, ctx) || isAround(listener, removed, ctx) || isAround(removed, listener, ctx);
  const meant = all.filter(isMeant);
  const [added, ...more] = meant.length > 0 ? meant : all;
  if (added === undefined || more.length > 0 || (removal.range[0] >= added.call.range[0] && removal.range[1] <= added.call.range[1])) return undefined;
  if (removalsIn(enclosingClass(removal) ?? source.module.ast, added, ctx).some((other) => other !== removal && sameText(removedBy(other), added.listener, ctx) && !isMade(added.listener))) return undefined;
  const cautions = isMeant(added) || isEmpty(removed) ? [] : ['What was to be taken off is written otherwise than what is added.'];
  // What stands in the removal goes: none of its comments may.
  if (!sameCode(added.listener, removed, ctx) && source.commentsIn({ start: removed.range[0], end: removed.range[1] }).length > 0) return undefined;
  return { removal, removed, added, cautions };
}

/** Written alike, however deep. */
function sameCode(one: TSESTree.Node, other: TSESTree.Node, ctx: Context): boolean {
  const plain = (node: TSESTree.Node): string => ctx.textOf(unwrap(node)).replace(/\s+/g, ' ');
  return plain(one) === plain(other);
}

/** `() => {}`: something had to be named. */
function isEmpty(listener: TSESTree.Node): boolean {
  const node = unwrap(listener);
  return isFunction(node) && node.body?.type === T.BlockStatement && node.body.body.length === 0;
}

/** The removal names what the other call names. */
function named({ removal, removed, added, cautions }: Pair, given: FixCase): Draft | undefined {
  const { ctx, source } = given;
  const node = unwrap(added.listener);
  if (node.type === T.Identifier) {
    const variable = ctx.bindings.variableOf(node);
    if (variable === undefined || ctx.bindings.writesOf(variable).length > 1 || !isNamedAt(variable, removal, given)) return undefined;
  } else if (node.type !== T.MemberExpression || node.object.type !== T.ThisExpression || enclosingClass(removal) !== enclosingClass(added.call)) return undefined;
  const plan = new Plan().replace({ start: removed.range[0], end: removed.range[1] }, source.textOf(node));
  return { title: `Take off what was added: \`${ctx.excerpt(node)}\``, plan, cautions };
}

/** A constant in the innermost list of statements that has both calls. */
function hoisted({ removal, removed, added, cautions }: Pair, given: FixCase): Draft | undefined {
  const { source, ctx } = given;
  const common = commonScope(added.call, removal);
  const text = listenerText(added, given);
  const start = common === undefined ? 0 : startOf(common.first, source);
  if (common === undefined || text === undefined || common.list.type === T.SwitchCase || !source.beginsLine(start)) return undefined;
  const { list, first } = common;
  // It would be one listener for all rounds, and for all that the outer function makes.
  for (let at: TSESTree.Node | undefined = added.call.parent; at !== undefined && at !== list; at = at.parent) if (isLoop(at)) return undefined;
  const functions = functionsBetween(added.call, list);
  const calls = functions.length > 0;
  if (calls && isRedone(added.call, list)) return undefined;
  for (const fn of [...functions, ...functionsBetween(removal, list)]) if (isCalledBefore(fn, start, given)) return undefined;
  if (usesFunctionAround(added.listener) && thisOwner(added.call) !== thisOwner(first)) return undefined;
  const names = namesIn(added.listener, given);
  if (!names.every((variable) => isNamedAt(variable, first, given))) return undefined;
  // What `bind` is called on has to be there already.
  if (boundIn(unwrap(added.listener)) !== undefined && names.some(({ defs, identifiers }) => defs.some(({ type }) => type === 'Variable') && identifiers.some(({ range }) => range[0] >= start))) return undefined;
  const moved = movedText(text, added.listener, start, source);
  if (moved === undefined) return undefined;
  const name = freeName(nameFor(added), ctx.bindings, first);
  const plan = new Plan();
  plan.insert(start, `const ${name} = ${moved}${source.semi}${declaresFunction(first) ? source.newline : ''}${source.breakAt(start)}`);
  plan.replace({ start: added.listener.range[0], end: added.listener.range[1] }, name).replace({ start: removed.range[0], end: removed.range[1] }, name);
  const once = calls ? ['The listener is made once now, and not by each call that adds it.'] : [];
  return { title: `Take off what was added: \`${name}\``, plan, cautions: [...cautions, ...once], within: { start: list.range[0], end: list.range[1] } };
}

/** In front of the statement; a function has its comments with it. */
function startOf(statement: TSESTree.Node, source: Source): number {
  const [start] = statement.range;
  if (!declaresFunction(statement)) return start;
  let at = start;
  for (const { range } of source.comments.toReversed()) if (range[1] <= at && /^\r?\n?[\t ]*$/.test(source.text.slice(range[1], at)) && source.beginsLine(range[0])) at = range[0];
  return at;
}

function declaresFunction(statement: TSESTree.Node): boolean {
  return statement.type === T.ExportNamedDeclaration || statement.type === T.ExportDefaultDeclaration || statement.type === T.FunctionDeclaration;
}

/** The list belongs to a component or a hook, which makes its constants anew each time that it renders. */
function isRedone(call: TSESTree.Node, list: TSESTree.Node): boolean {
  for (let at: TSESTree.Node | undefined = call.parent; at !== undefined && at !== list; at = at.parent) if (at.type === T.CallExpression && /^use[A-Z]/.test(lastName(at.callee) ?? '')) return true;
  const fn = list.parent;
  if (!isFunction(fn)) return false;
  const name = fn.id?.name ?? (fn.parent.type === T.VariableDeclarator ? lastName(fn.parent.id) : undefined);
  return /^(?:[A-Z]|use[A-Z])/.test(name ?? '');
}

/** A function declaration that may be called before the constant has its value. */
function isCalledBefore(fn: TSESTree.Node, at: number, { ctx }: FixCase): boolean {
  const variable = fn.type === T.FunctionDeclaration && fn.id ? ctx.bindings.variableOf(fn.id) : undefined;
  return variable?.references.some(({ identifier }) => identifier.range[0] < at) ?? false;
}
