// What the behaviour suites are written in. They run under mocha, in other Nodes, in a browser and under Jest, so they
// bring their own few assertions and know nothing of Node.

import type * as runtime from '../../../src/runtime/index';

/** The package, in whichever build is under test. */
export type Api = typeof runtime;

/** One behaviour. `rows` are those of the table of contextlib's behaviours that it stands for. */
export interface Case {
  readonly name: string;
  readonly rows?: readonly number[];
  run(): Promise<void> | void;
}

export type Suite = (api: Api) => Case[];

const show = (value: unknown): string => {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  return (typeof value === 'object' ? JSON.stringify(value) : undefined) ?? String(value);
};

/** @throws Error unless both are the same value. */
export function same(actual: unknown, expected: unknown, what = 'value'): void {
  if (!Object.is(actual, expected)) throw new Error(`${what}: expected ${show(expected)}, got ${show(actual)}`);
}

/** @throws Error unless both lists hold the same values in the same order. */
export function sameList(actual: readonly unknown[], expected: readonly unknown[], what = 'list'): void {
  const equal = actual.length === expected.length && actual.every((one, at) => Object.is(one, expected[at]));
  if (!equal) throw new Error(`${what}: expected [${expected.map(show).join(', ')}], got [${actual.map(show).join(', ')}]`);
}

export function truthy(value: unknown, what: string): asserts value {
  if (!value) throw new Error(what);
}

/** How something failed, or undefined if it did not. */
export async function failureOf(run: () => unknown): Promise<{ error: unknown } | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return { error };
  }
}

/** The error that something fails with. @throws Error when it does not fail. */
export async function errorOf(run: () => unknown): Promise<unknown> {
  const failure = await failureOf(run);
  if (!failure) throw new Error('nothing was thrown');
  return failure.error;
}

/** Something fails with an error of this name, whose message matches. */
export async function failsWith(name: string, message: RegExp, run: () => unknown): Promise<Error> {
  const error = await errorOf(run);
  truthy(error instanceof Object && 'name' in error && 'message' in error, `no error object: ${show(error)}`);
  same(error.name, name, 'name of the error');
  truthy(message.test(String(error.message)), `message: ${String(error.message)} does not match ${String(message)}`);
  return error as Error;
}

/** A field of whatever was thrown. */
export const field = (value: unknown, key: string): unknown => (value instanceof Object ? Reflect.get(value, key) : undefined);

/** Lets everything run that is ready to. */
export const turns = async (count = 20): Promise<void> => {
  for (let left = count; left > 0; left--) await undefined;
};

/** A promise and its settling, for putting steps in an order without a clock. */
export function gate<T = void>(): { promise: Promise<T>; open: (value: T) => void; fail: (error: unknown) => void } {
  let open: (value: T) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { promise, open, fail };
}
