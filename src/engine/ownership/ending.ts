import { DefinitionType } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { ResourceModel } from '../resources/model';
import { eventNameOf, isFunction, staticName, unwrap } from '../syntax/nodes';
import { executorOf } from '../syntax/promises';
import { isNothing } from '../syntax/values';
import type { Context } from './context';

/** Which outcomes of a promise tell that the resource which it waits for is over by itself. */
export interface Endings {
  readonly fulfilled: boolean;
  readonly rejected: boolean;
}

const NONE: Endings = { fulfilled: false, rejected: false };

/** Methods by which an object is told what to call at an event. */
const LISTENS = new Set(['on', 'once', 'addListener', 'addEventListener']);

/**
 * `new Promise((resolve, reject) => child.once('exit', (code) => (code === 0 ? resolve() : reject())))`: a promise that is settled by nothing but what the
 * resource tells when it is over, or has failed. Each outcome is judged for itself; one that never comes tells nothing.
 */
export function endingsOf(awaited: TSESTree.Node, { ended }: ResourceModel, isHeld: (node: TSESTree.Node) => boolean, ctx: Context): Endings {
  const executor = executorOf(unwrap(awaited));
  if (executor === undefined || ended === undefined) return NONE;
  const events = ['error', ...ended];
  const comesOnlyAtEnd = (settler: TSESTree.Parameter | undefined): boolean => {
    const uses = settler && ctx.bindings.variableOf(settler)?.references;
    return uses !== undefined && uses.length > 0 && uses.every(({ identifier }) => runsAtEnd(identifier, executor, events, isHeld, ctx));
  };
  return { fulfilled: comesOnlyAtEnd(executor.params[0]), rejected: comesOnlyAtEnd(executor.params[1]) };
}

/**
 * `let exited; child.once('exit', (code) => { exited = code; })`: a variable that gets a value only from what the resource tells when it is over.
 * The answer to the question whether it has one, by which the resource is known to be over; undefined where the question is another.
 */
export function answerAtEnd(test: TSESTree.Node, { ended }: Pick<ResourceModel, 'ended'>, isHeld: (node: TSESTree.Node) => boolean, ctx: Context): boolean | undefined {
  if (ended === undefined) return undefined;
  const question = unwrap(test);
  if (question.type === T.UnaryExpression && question.operator === '!') {
    const answer = answerAtEnd(question.argument, { ended }, isHeld, ctx);
    return answer === undefined ? undefined : !answer;
  }
  const compares = question.type === T.BinaryExpression && isNothing(question.right) ? COMPARES.get(question.operator) : undefined;
  const variable = ctx.bindings.variableOf(compares === undefined ? question : unwrap(question.type === T.BinaryExpression ? question.left : question));
  const [declaration, ...more] = variable?.defs ?? [];
  if (variable === undefined || declaration?.type !== DefinitionType.Variable || more.length > 0 || !(declaration.node.init === null || isNothing(declaration.node.init) || isFalse(declaration.node.init))) return undefined;
  const writes = variable.references.filter((reference) => reference.isWrite() && reference.init !== true);
  if (writes.length === 0 || !writes.every(({ identifier }) => runsAtEnd(identifier, undefined, ['error', ...ended], isHeld, ctx))) return undefined;
  return compares ?? true;
}

/** By these a variable is compared with nothing: whether the answer is yes when it has a value. */
const COMPARES: ReadonlyMap<string, boolean> = new Map([['===', false], ['==', false], ['!==', true], ['!=', true]]);

function isFalse(node: TSESTree.Node): boolean {
  return node.type === T.Literal && node.value === false;
}

/** The expression is a listener for one of these events on what is held, or stands in such a one. */
function runsAtEnd(use: TSESTree.Node, executor: TSESTree.Node | undefined, events: readonly string[], isHeld: (node: TSESTree.Node) => boolean, ctx: Context): boolean {
  for (let node: TSESTree.Node | undefined = use; node !== undefined && node !== executor; node = node.parent) {
    if (node !== use && !isFunction(node)) continue;
    if (isListener(node, events, isHeld)) return true;
    const uses = (isFunction(node) ? ctx.bindings.nameOf(node)?.references : undefined)?.filter((reference) => reference.isRead()) ?? [];
    if (uses.length > 0 && uses.every(({ identifier }) => isListener(identifier, events, isHeld))) return true;
  }
  return false;
}

function isListener(node: TSESTree.Node, events: readonly string[], isHeld: (node: TSESTree.Node) => boolean): boolean {
  const call = node.parent;
  if (call?.type !== T.CallExpression || call.arguments[1] !== node) return false;
  const event = eventNameOf(call);
  const callee = unwrap(call.callee);
  return event !== undefined && events.includes(event) && callee.type === T.MemberExpression && LISTENS.has(staticName(callee) ?? '') && isHeld(callee.object);
}
