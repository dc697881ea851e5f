// The synchronous and the asynchronous half of the package under one set of names, so that a behaviour that both have is
// written once and run for each.
import type { Awaitable, Enterable, Verdict } from '../../../src/runtime/index';
import type { Api, Case } from './kit';

export type AnyKind = Enterable<unknown, Awaitable<Verdict>>;
export type GeneratorFunction = (this: unknown, ...args: never[]) => Generator<unknown, Verdict, void>;
export type Stack = InstanceType<Api['ExitStack']> | InstanceType<Api['AsyncExitStack']>;

export interface Kind {
  readonly name: 'sync' | 'async';
  /** The generator helper. The async one gets the same generator by delegation. */
  manager<A extends unknown[]>(fn: (this: unknown, ...args: A) => Generator<unknown, Verdict, void>): (this: unknown, ...args: A) => AnyKind;
  /** Runs a body in a manager. */
  within(manager: AnyKind, body: (value: unknown) => unknown): Promise<unknown>;
  stack(): Stack;
  enter(stack: Stack, manager: AnyKind): Promise<unknown>;
}

export function kindsOf(api: Api): Kind[] {
  return [
    {
      name: 'sync',
      manager: (fn) => api.contextManager(fn),
      // Reflect.apply: the types would refuse what some behaviours hand in on purpose.
      within: async (manager, body) => Reflect.apply(api.withManagedSync, undefined, [manager, body]),
      stack: () => new api.ExitStack(),
      enter: async (stack, manager) => Reflect.apply(stack.enter, stack, [manager]),
    },
    {
      name: 'async',
      manager: (fn) =>
        api.asyncContextManager(async function* (this: unknown, ...args) {
          return yield* fn.apply(this, args);
        }),
      within: (manager, body) => api.withManaged(manager, body),
      stack: () => new api.AsyncExitStack(),
      enter: async (stack, manager) => Reflect.apply(stack.enter, stack, [manager]),
    },
  ];
}

/** A behaviour for both kinds. */
export const forBoth = (api: Api, rows: readonly number[], name: string, run: (kind: Kind) => Promise<void>): Case[] =>
  kindsOf(api).map((kind) => ({ name: `${name} (${kind.name})`, rows, run: () => run(kind) }));
