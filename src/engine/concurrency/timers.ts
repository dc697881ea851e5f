import type { Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import { isFunction, lastName, rootOf, staticName, unwrap, within } from '../syntax/nodes';
import { deferredSettledBy } from './deferreds';
import { isExecutor } from '../syntax/promises';
import { walk } from '../syntax/visit';

/** A call that sets a timeout. */
export interface Timer {
  readonly call: TSESTree.CallExpression;
  /** `promise`: `setTimeout` of `node:timers/promises`, which gives a promise. */
  readonly kind: 'callback' | 'promise';
  /** In milliseconds; undefined when the code does not say. */
  readonly delay: number | undefined;
}

/** The timeout that a call sets, whatever the file calls the function. */
export function timerOf(node: TSESTree.Node, ctx: Context): Timer | undefined {
  if (node.type !== T.CallExpression) return undefined;
  const name = lastName(node.callee);
  const named = name === 'setTimeout';
  if (!named && (node.callee.type !== T.Identifier || !ctx.module.text.includes('timers/promises'))) return undefined;
  const origin = ctx.origins.ofCallee(node);
  if (origin === 'local') return undefined;
  if (origin?.module === 'timers/promises' || (origin?.module === 'timers' && origin.member === 'promises.setTimeout')) {
    return /(^|\.)setTimeout$/.test(origin.member) ? { call: node, kind: 'promise', delay: delayOf(node.arguments[0], ctx) } : undefined;
  }
  if (!named || (origin !== undefined && origin.module !== 'global' && origin.module !== 'timers')) return undefined;
  // `socket.setTimeout(ms)` is another matter.
  if (origin === undefined) return undefined;
  return { call: node, kind: 'callback', delay: delayOf(node.arguments[1], ctx) };
}

function delayOf(argument: TSESTree.Node | undefined, ctx: Context): number | undefined {
  return argument === undefined ? 0 : numberOf(argument, ctx);
}

/** The number that an expression of literals and constants gives. */
function numberOf(expression: TSESTree.Node, ctx: Context, depth = 4): number | undefined {
  const node = unwrap(expression);
  if (node.type === T.Literal) return typeof node.value === 'number' ? node.value : undefined;
  if (depth === 0) return undefined;
  if (node.type === T.Identifier) {
    const variable = ctx.bindings.variableOf(node);
    const value = variable && ctx.bindings.onlyValueOf(variable);
    return value === undefined ? undefined : numberOf(value, ctx, depth - 1);
  }
  if (node.type !== T.BinaryExpression) return undefined;
  const [left, right] = [numberOf(node.left, ctx, depth - 1), numberOf(node.right, ctx, depth - 1)];
  if (left === undefined || right === undefined) return undefined;
  return node.operator === '*' ? left * right : node.operator === '+' ? left + right : undefined;
}

/** What comes when the time is over. */
export type Deadline =
  /** A promise is settled, whose executor the timer stands in. */
  | { readonly kind: 'settles'; readonly executor: FunctionNode; readonly rejects: boolean; readonly elsewhere: readonly TSESTree.Node[] }
  /** A promise is settled that the same function made together with what settles it. */
  | { readonly kind: 'defers'; readonly rejects: boolean }
  /** An AbortController that the same function made is aborted. */
  | { readonly kind: 'aborts' };

export function deadlineOf({ call }: Timer, ctx: Context): Deadline | undefined {
  const callback = call.arguments[0] && unwrap(call.arguments[0]);
  if (callback === undefined) return undefined;
  const around = rootOf(call);
  if (isExecutor(around)) {
    const settlers = around.params.map((parameter) => ctx.bindings.variableOf(parameter));
    const uses = settlers.flatMap((variable, index) => (variable?.references ?? []).map(({ identifier }) => ({ at: identifier, rejects: index === 1 })));
    const here = uses.filter(({ at }) => within(at, callback));
    if (here.length > 0) return { kind: 'settles', executor: around, rejects: here.some(({ rejects }) => rejects), elsewhere: uses.filter(({ at }) => !within(at, callback)).map(({ at }) => at) };
  }
  const settling = deferredSettledBy(callback, ctx);
  if (settling !== undefined && rootOf(settling.deferred) === around) return { kind: 'defers', rejects: settling.rejects };
  const controller = isFunction(callback) ? abortedBy(callback, ctx) : undefined;
  return controller !== undefined && controller.scope.variableScope.block === around ? { kind: 'aborts' } : undefined;
}

/** The `new AbortController()` that a callback aborts. */
function abortedBy(callback: FunctionNode, ctx: Context): Variable | undefined {
  let found: Variable | undefined;
  walk(callback.body, (node) => {
    if (node.type !== T.MemberExpression || staticName(node) !== 'abort') return;
    const variable = ctx.bindings.variableOf(unwrap(node.object));
    const value = ctx.bindings.valueBehind(node.object);
    if (value.type === T.NewExpression && lastName(value.callee) === 'AbortController') found = variable;
  });
  return found;
}

/** What becomes of a timer. */
export type Keeping =
  /** Nothing keeps its id. */
  | { readonly kind: 'lost' }
  /** A variable keeps it, and these calls clear it, or ask first whether there is anything to clear: none, perhaps. */
  | { readonly kind: 'kept'; readonly clears: readonly TSESTree.Node[] }
  /** It was unref'd, handed on, or kept where this file does not see all of it. */
  | { readonly kind: 'elsewhere' };

export function keepingOf({ call }: Timer, ctx: Context): Keeping {
  const clears: TSESTree.Node[] = [];
  const names = new Set<Variable>();
  /** False: the id goes where this file does not see all of it. */
  const follow = (id: TSESTree.Node): boolean =>
    landingsOf(id).every((landing) => {
      switch (landing.to) {
        case 'nothing':
        case 'looked-at':
          return true;
        case 'return':
          // What an executor returns goes nowhere.
          return id === call && isExecutor(rootOf(call));
        case 'argument':
          if (!clearsTimers(landing.call)) return false;
          clears.push(landing.call);
          return true;
        case 'variable': {
          const variable = landing.path.length === 0 && !landing.using ? ctx.bindings.variableOf(landing.id) : undefined;
          if (variable === undefined) return false;
          if (names.has(variable)) return true;
          names.add(variable);
          return variable.references.every((reference) => !reference.isRead() || follow(reference.identifier));
        }
        default:
          return false;
      }
    });
  if (!follow(call)) return { kind: 'elsewhere' };
  return names.size === 0 ? { kind: 'lost' } : { kind: 'kept', clears: [...clears, ...clears.flatMap((clear) => guardOf(clear, names, ctx) ?? [])] };
}

/** `if (timer !== undefined) clearTimeout(timer)`: where there is no timer there is nothing to clear, so that the question is as good. */
function guardOf(clear: TSESTree.Node, names: ReadonlySet<Variable>, ctx: Context): TSESTree.Node | undefined {
  let node = clear;
  while (node.parent?.type === T.ExpressionStatement || node.parent?.type === T.BlockStatement) node = node.parent;
  const { parent } = node;
  const test = parent?.type === T.IfStatement && parent.consequent === node ? parent.test : parent?.type === T.LogicalExpression && parent.operator === '&&' && parent.right === node ? parent.left : undefined;
  if (test === undefined) return undefined;
  let onlyTimer = true;
  walk(test, (part) => {
    const variable = part.type === T.Identifier ? ctx.bindings.variableOf(part) : undefined;
    if (variable !== undefined && !names.has(variable)) onlyTimer = false;
  });
  return onlyTimer ? unwrap(test) : undefined;
}

function clearsTimers(call: CallNode): boolean {
  const name = lastName(call.callee);
  return name === 'clearTimeout' || name === 'clearInterval';
}
