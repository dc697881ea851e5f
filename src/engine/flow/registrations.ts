/** One way of handing a callback to somebody who runs it later, at once, or never. */
export interface Registration {
  /** How the callee is written: `x.name(...)`, `name(...)` (also as a member of an object), `new Name(...)`. */
  readonly callee: 'method' | 'function' | 'constructor';
  readonly names: readonly string[];
  /** Which argument is the callback. */
  readonly callback: number;
  /** The outcomes at which it runs, or which argument names the event. */
  readonly at: readonly string[] | { readonly argument: number };
  /** Only for a function written in place: the name alone says too little. */
  readonly inline?: true;
}

const ITERATING = ['forEach', 'map', 'filter', 'some', 'every', 'reduce', 'reduceRight', 'sort', 'toSorted', 'flatMap', 'find', 'findIndex', 'findLast', 'findLastIndex'];

/** Callbacks by name alone, for any receiver: what a library's model knows better comes later. */
export const REGISTRATIONS: readonly Registration[] = [
  {
    callee: 'method',
    names: ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener', 'addEventListener'],
    callback: 1,
    at: { argument: 0 },
  },
  { callee: 'method', names: ['then'], callback: 0, at: ['fulfilled'] },
  { callee: 'method', names: ['then'], callback: 1, at: ['rejected'] },
  { callee: 'method', names: ['catch'], callback: 0, at: ['rejected'] },
  { callee: 'method', names: ['finally'], callback: 0, at: ['settled'] },
  { callee: 'function', names: ['setTimeout', 'setImmediate', 'queueMicrotask'], callback: 0, at: ['later'] },
  { callee: 'method', names: ['nextTick'], callback: 0, at: ['later'] },
  { callee: 'function', names: ['setInterval'], callback: 0, at: ['repeated'] },
  { callee: 'constructor', names: ['Promise'], callback: 0, at: ['now'], inline: true },
  { callee: 'method', names: ITERATING, callback: 0, at: ['now'], inline: true },
  // Array.from(iterable, fn)
  { callee: 'method', names: ['from'], callback: 1, at: ['now'], inline: true },
];
