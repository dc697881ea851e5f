import { asOne } from './errors.js';
import type { Awaitable } from './protocol.js';
import { Semaphore } from './semaphore.js';
import { isObject } from './symbols.js';

/** Where a body starts its tasks. */
export interface TaskGroup {
  /** Aborts at the first failure, with that error as its reason, or with the signal that the group was given. */
  readonly signal: AbortSignal;
  /**
   * Starts a task, or queues it when the group has a limit. The promise need not be awaited: the group waits for the
   * task and throws its error. Rejects with ReferenceError when the group is over, without starting the task.
   */
  run<T>(task: (signal: AbortSignal) => Awaitable<T>): Promise<T>;
}

/** Options of a group of tasks. */
export interface TaskGroupOptions {
  /** Aborts the group's own signal. When it is aborted beforehand, its reason is thrown and nothing runs. */
  readonly signal?: AbortSignal | undefined;
  /** How many tasks may run at once. @throws RangeError unless it is a positive integer. */
  readonly limit?: number | undefined;
}

/**
 * Runs a body that starts tasks, and waits for all of them: the group never settles while a task runs. The first failure,
 * of a task or of the body, aborts the group's signal; a task that was waiting for its turn then never starts.
 *
 * @throws the error; an AggregateError when there were several distinct ones. AbortErrors whose `cause` is the signal's
 * reason, as Node's own functions throw them, are echoes and not counted.
 */
export async function taskGroup<R>(body: (group: TaskGroup) => Awaitable<R>, options: TaskGroupOptions = {}): Promise<R> {
  const { signal: outer, limit } = options;
  outer?.throwIfAborted();
  const turns = limit === undefined ? undefined : new Semaphore(limit);
  const controller = new AbortController();
  const { signal } = controller;
  const errors: unknown[] = [];
  const running = new Set<Promise<unknown>>();
  let over = false;

  /** Runs something as part of the group: its failure is the group's. */
  async function guarded<T>(part: () => Awaitable<T>): Promise<T> {
    try {
      return await part();
    } catch (error) {
      errors.push(isEcho(error, signal) ? signal.reason : error);
      controller.abort(error);
      throw error;
    }
  }
  async function inTurn<T>(task: (signal: AbortSignal) => Awaitable<T>): Promise<T> {
    const permit = await turns?.acquire(signal);
    try {
      signal.throwIfAborted();
      return await task(signal);
    } finally {
      permit?.release();
    }
  }
  function run<T>(task: (signal: AbortSignal) => Awaitable<T>): Promise<T> {
    if (over) return Promise.reject(new ReferenceError('The task group is over'));
    const promise = guarded(() => inTurn(task));
    running.add(promise);
    // Both ways, so that an error that nobody awaits here is no unhandled rejection: the group throws it.
    const done = (): unknown => running.delete(promise);
    promise.then(done, done);
    return promise;
  }

  const forward = (): void => controller.abort(outer?.reason);
  outer?.addEventListener('abort', forward);
  const [ended] = await Promise.allSettled([guarded(() => body({ signal, run }))]);
  // A task may start another one.
  while (running.size) await Promise.allSettled(running);
  over = true;
  outer?.removeEventListener('abort', forward);
  if (errors.length || 'reason' in ended) throw asOne(errors);
  return ended.value;
}

const isEcho = (error: unknown, { aborted, reason }: AbortSignal): boolean =>
  aborted && isObject(error) && error.name === 'AbortError' && error.cause === reason;

/**
 * Runs tasks concurrently and resolves to their results, in the order of the tasks: `Promise.all` that, when one fails,
 * aborts the others and waits for them. Errors and options are those of {@link taskGroup}.
 */
export function gather<T>(tasks: Iterable<(signal: AbortSignal) => Awaitable<T>>, options?: TaskGroupOptions): Promise<T[]> {
  return taskGroup(({ run }) => Promise.all(Array.from(tasks, (task) => run(task))), options);
}
