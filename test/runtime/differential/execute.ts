// One plan, executed by each of the forms that have to agree on it.
import type { AnyManager } from '../../../src/runtime/index';
import type { Api } from '../behaviours/kit';
import type { Plan, Step } from './plan';

export interface Told {
  readonly error: unknown;
}
export interface Trace {
  readonly log: readonly string[];
  /** What was returned or thrown. */
  readonly outcome: string;
}

/** An error with everything that it holds, in words: its class, message, cause, and the two of a SuppressedError. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const parts = ['cause', 'error', 'suppressed'].filter((key) => Object.hasOwn(error, key)).map((key) => `${key}: ${describeError(Reflect.get(error, key))}`);
  // Each maker of SuppressedErrors (engine, compiler, this package) has a message of its own.
  const message = error.name === 'SuppressedError' ? '' : error.message;
  return `${error.name}(${[message, ...parts].filter(Boolean).join(', ')})`;
}

/** The resources of a plan, writing what happens to them into a log. */
export function resources(api: Api, { steps, bodyFails }: Plan) {
  const log: string[] = [];
  const acquire = (step: Step): string => {
    log.push(`acquire ${step.name}`);
    if (step.acquireFails) throw new Error(`acquire ${step.name}`);
    return step.name;
  };
  const release = ({ name, release }: Step, failure?: Told): boolean => {
    log.push(`release ${name}${failure ? ` after ${describeError(failure.error)}` : ''}`);
    if (release === 'fails') throw new RangeError(`release ${name}`);
    if (release === 'translates' && failure) throw new TypeError(`translated by ${name}`);
    if (release === 'rethrows' && failure) throw failure.error;
    return release === 'suppresses' || (release === 'returns truthy' && ('yes' as unknown as boolean));
  };
  /** Acquires a disposable, as the initialiser of a `using` would. */
  const disposable = (step: Step): Disposable | AsyncDisposable => {
    acquire(step);
    const dispose = (): void => void release(step);
    return step.sync ? { [api.disposeSymbol]: dispose } : { [api.asyncDisposeSymbol]: async () => dispose() };
  };
  const manager = (step: Step): AnyManager<string, boolean> =>
    step.sync
      ? { enter: () => acquire(step), exit: (failure?: Told) => release(step, failure) }
      : { enter: async () => acquire(step), exit: async (failure?: Told) => release(step, failure) };
  const body = (): string => {
    log.push('body');
    if (bodyFails) throw new Error('body');
    return 'result';
  };
  const traced = async (run: () => unknown): Promise<Trace> => {
    try {
      const result = await run();
      // A failure that was suppressed between release and release costs the result in nested scopes, where it was the
      // failure of an outer body, and not on a stack, whose body had completed. Else it has to arrive.
      const suppresses = steps.some((step) => step.release === 'suppresses');
      return { log, outcome: suppresses ? 'completed' : `returned ${String(result)}` };
    } catch (error) {
      return { log, outcome: `threw ${describeError(error)}` };
    }
  };
  return { steps, log, disposable, manager, body, traced };
}

/** Scopes inside one another. */
export function nested(api: Api, plan: Plan): Promise<Trace> {
  const { steps, disposable, manager, body, traced } = resources(api, plan);
  const from = async (at: number): Promise<unknown> => {
    const step = steps[at];
    if (!step) return body();
    return step.told ? api.withManaged(manager(step), () => from(at + 1)) : api.withManaged(disposable(step), () => from(at + 1));
  };
  return traced(() => from(0));
}

/** One stack that everything is entered into. */
export function stacked(api: Api, plan: Plan): Promise<Trace> {
  const { steps, disposable, manager, body, traced } = resources(api, plan);
  return traced(() =>
    api.scope(async (stack) => {
      for (const step of steps) {
        if (step.told) await stack.enter(manager(step));
        else stack.use(disposable(step));
      }
      return body();
    }),
  );
}

/** Synchronous scopes inside one another, for a plan without asynchronous steps. */
export function nestedSync(api: Api, plan: Plan): Promise<Trace> {
  const { steps, disposable, manager, body, traced } = resources(api, plan);
  const from = (at: number): unknown => {
    const step = steps[at];
    if (!step) return body();
    const resource: unknown = step.told ? manager(step) : disposable(step);
    return Reflect.apply(api.withManagedSync, undefined, [resource, () => from(at + 1)]);
  };
  return traced(() => from(0));
}

/** One synchronous stack, as a manager of itself. */
export function stackedSync(api: Api, plan: Plan): Promise<Trace> {
  const { steps, disposable, manager, body, traced } = resources(api, plan);
  return traced(() =>
    api.withManagedSync(new api.ExitStack(), (stack) => {
      for (const step of steps) Reflect.apply(step.told ? stack.enter : stack.use, stack, [step.told ? manager(step) : disposable(step)]);
      return body();
    }),
  );
}
