import type { Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import { calleeName, staticName, unwrap, within } from '../syntax/nodes';
import { functionsAround } from './listening';

/** Calls of VS Code that give an input box which stays until it is disposed of; hiding it, which Escape and a click elsewhere do, is not enough. */
const INPUTS: ReadonlyMap<string, string> = new Map([
  ['createQuickPick', 'quick pick'],
  ['createInputBox', 'input box'],
]);

export const INPUT_MAKERS: readonly string[] = [...INPUTS.keys()];

/** An input that is disposed of on some of its events, and not when it is hidden. */
export interface HalfDisposed {
  readonly noun: string;
  readonly name: string;
  /** The event of the input on which it is disposed of: `onDidAccept`. */
  readonly event: string;
  readonly release: TSESTree.Node;
}

export function inputNoun(call: TSESTree.CallExpression): string | undefined {
  return INPUTS.get(calleeName(call) ?? '');
}

/** What the call makes, when only constants of its function hold it and every release of it waits for an event that hiding is not. */
export function halfDisposed(call: TSESTree.CallExpression, ctx: Context): HalfDisposed | undefined {
  const noun = inputNoun(call);
  const names = new Set<Variable>();
  const releases: TSESTree.Node[] = [];
  // Whoever else has it may dispose of it: `false`. `input.onDidHide(input.dispose, input)` is such a place.
  const follow = (value: TSESTree.Node): boolean =>
    landingsOf(value).every((use) => {
      if (use.to === 'method' && use.name === 'dispose') releases.push(use.call);
      if (use.to === 'method' || use.to === 'looked-at') return value !== call;
      if (use.to === 'member') return value !== call && use.name !== 'dispose';
      const variable = use.to === 'variable' && use.path.length === 0 && !use.using ? ctx.bindings.variableOf(use.id) : undefined;
      if (variable === undefined || names.has(variable) || ctx.bindings.writesOf(variable).length !== 1) return false;
      names.add(variable);
      return variable.references.every((reference) => !reference.isRead() || follow(reference.identifier));
    });
  if (noun === undefined || !follow(call)) return undefined;
  const [first] = names;
  const [release] = releases;
  if (first === undefined || release === undefined) return undefined;
  const events = releases.map((one) => new Set(eventsOf(one, { names, scope: first.scope.variableScope.block }, ctx, new Set())));
  if (events.some((seen) => seen.size === 0 || seen.has('always') || seen.has('onDidHide'))) return undefined;
  const [event = ''] = events[0] ?? [];
  return { noun, name: first.name, event, release };
}

/** The names of an input, and the function that they are constants of. */
interface Input {
  readonly names: ReadonlySet<Variable>;
  readonly scope: TSESTree.Node;
}

/** The events of the input that lead to a piece of code; `always`: others do, or its own function's normal course. */
function eventsOf(at: TSESTree.Node, input: Input, ctx: Context, seen: Set<TSESTree.Node>): string[] {
  const [fn] = functionsAround(at);
  if (fn === undefined || !within(fn, input.scope) || fn === input.scope) return ['always'];
  if (seen.has(fn)) return [];
  seen.add(fn);
  const event = eventGiven(fn, input, ctx);
  if (event !== undefined) return [event];
  const name = ctx.bindings.nameOf(fn);
  if (name === undefined) return ['always'];
  return name.references.flatMap((reference) => {
    if (!reference.isRead()) return [];
    return landingsOf(reference.identifier).flatMap((landing) => {
      if (landing.to === 'called') return eventsOf(landing.call, input, ctx, seen);
      return [(landing.to === 'argument' && eventGiven(reference.identifier, input, ctx)) || 'always'];
    });
  });
}

/** `input.onDidAccept(listener)`: the event whose listener the expression is. */
function eventGiven(listener: TSESTree.Node, input: Input, ctx: Context): string | undefined {
  const { parent } = listener;
  if (parent?.type !== T.CallExpression || parent.arguments[0] !== listener) return undefined;
  const callee = unwrap(parent.callee);
  const variable = callee.type === T.MemberExpression ? ctx.bindings.variableOf(unwrap(callee.object)) : undefined;
  if (callee.type !== T.MemberExpression || variable === undefined || !input.names.has(variable)) return undefined;
  const event = staticName(callee);
  return event?.startsWith('onDid') ? event : undefined;
}
