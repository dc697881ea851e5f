// Times several ways of doing the same, in turns, so that whatever else the machine does falls on all of them alike.

/** One way: does it `count` times, one after another. */
export interface Contender {
  readonly name: string;
  run(count: number): Promise<unknown>;
}

export interface Measured {
  readonly name: string;
  /** Nanoseconds of one scope, the best round. */
  readonly best: number;
  /** That divided by the best round of the first contender: other work on the machine only ever adds. */
  readonly ratio: number;
}

async function time(contender: Contender, count: number): Promise<number> {
  const start = process.hrtime.bigint();
  await contender.run(count);
  return Number(process.hrtime.bigint() - start) / count;
}

/**
 * @param contenders the first is what the others are compared with.
 * @param rounds each contender runs once a round; the first fifth of the rounds warms up and is not counted.
 */
export async function measure(contenders: readonly Contender[], count: number, rounds: number): Promise<Measured[]> {
  const times = contenders.map((): number[] => []);
  for (let round = -Math.ceil(rounds / 5); round < rounds; round++) {
    // Forwards and backwards in turn: the collector's debts of one are not always paid by the same next one.
    const order = contenders.map((_, at) => (round % 2 ? contenders.length - 1 - at : at));
    for (const at of order) {
      const contender = contenders[at];
      if (!contender) continue;
      const taken = await time(contender, count);
      if (round >= 0) times[at]?.push(taken);
    }
  }
  const best = times.map((own) => Math.min(...own));
  return contenders.map(({ name }, at) => ({ name, best: best[at] ?? Number.NaN, ratio: (best[at] ?? Number.NaN) / (best[0] ?? Number.NaN) }));
}
