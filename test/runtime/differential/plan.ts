// Random plans of nested managers, the same for the same seed.

/** What one manager of a plan does. */
export interface Step {
  readonly name: string;
  readonly sync: boolean;
  /** Told of the failure (a manager), or blind to it (a disposable). */
  readonly told: boolean;
  readonly acquireFails: boolean;
  readonly release: 'returns' | 'fails' | 'suppresses' | 'translates' | 'rethrows' | 'returns truthy';
}

export interface Plan {
  readonly steps: readonly Step[];
  readonly bodyFails: boolean;
}

/** Mulberry32: numbers from 0 to 1 from a seed. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const ofTold = ['returns', 'returns', 'fails', 'suppresses', 'translates', 'rethrows', 'returns truthy'] as const;
const ofBlind = ['returns', 'returns', 'fails', 'returns truthy'] as const;

/** @param outcomes whether managers may be told of the failure; otherwise all are disposables. */
export function planOf(seed: number, outcomes: boolean): Plan {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const steps = Array.from({ length: 1 + Math.floor(next() * 6) }, (_, at): Step => {
    const told = outcomes && next() < 0.7;
    return { name: `r${at}`, sync: next() < 0.4, told, acquireFails: next() < 0.08, release: pick(told ? ofTold : ofBlind) };
  });
  return { steps, bodyFails: next() < 0.5 };
}
