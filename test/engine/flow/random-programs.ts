/** Small numbers from a seed, the same on every machine (a linear congruential generator). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 12345) >>> 0;
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }
}

interface Place {
  /** Nesting that is left. */
  readonly fuel: number;
  /** `finally` blocks that may still nest inside `finally` blocks. */
  readonly copies: number;
  readonly loops: readonly string[];
  readonly labels: readonly string[];
  /** Inside a loop or switch, where a bare `break` may stand. */
  readonly breakable: boolean;
}

/**
 * Writes a generator function whose every step is observable: `(yield n)` asks the outside for a value, `xs(n)` makes an
 * iterable that asks, `res(n)` a resource whose disposal asks. Nothing else can throw. Each n occurs once.
 */
export function writeProgram(dice: Dice, { size = 4, copies = 2 } = {}): string {
  let next = 0;
  const ask = (): string => `(yield ${String(++next)})`;

  function value(depth: number): string {
    if (depth <= 0 || dice.below(3) === 0) return ask();
    const inner = (): string => value(depth - 1);
    return dice.pick([
      () => `(${inner()} && ${inner()})`,
      () => `(${inner()} || ${inner()})`,
      () => `(${inner()} ?? ${inner()})`,
      () => `!${inner()}`,
      () => `(${inner()} ? ${inner()} : ${inner()})`,
      () => `(${inner()}, ${inner()})`,
      () => `[${inner()}, ...[${inner()}]]`,
      () => `${ask()}?.[${inner()}]?.[${inner()}]`,
      () => `(v ${dice.pick(['??=', '||=', '&&=', '='])} ${inner()})`,
    ])();
  }

  function block(place: Place): string {
    const statements = Array.from({ length: 1 + dice.below(3) }, () => statement(place));
    return `{ ${statements.join(' ')} }`;
  }

  function loop(place: Place): string {
    const label = `l${String(++next)}`;
    const inner: Place = { ...place, fuel: place.fuel - 1, loops: [...place.loops, label], labels: [...place.labels, label], breakable: true };
    return dice.pick([
      () => `${label}: while (${value(1)}) ${block(inner)}`,
      () => `${label}: do ${block(inner)} while (${value(1)});`,
      () => `${label}: for (${ask()}; ${value(1)}; ${ask()}) ${block(inner)}`,
      () => `${label}: for (const x of xs(${String(++next)})) ${block(inner)}`,
      () => `${label}: for (;;) ${block(inner)}`,
    ])();
  }

  function attempt(place: Place): string {
    const inner = { ...place, fuel: place.fuel - 1 };
    const handler = ` catch ${block(inner)}`;
    if (place.copies === 0) return `try ${block(inner)}${handler}`;
    const finalizer = ` finally ${block({ ...inner, copies: place.copies - 1 })}`;
    return `try ${block(inner)}${dice.pick([handler, finalizer, handler + finalizer])}`;
  }

  function choice(place: Place): string {
    const inner = { ...place, fuel: place.fuel - 1, breakable: true };
    const clauses = Array.from({ length: 1 + dice.below(3) }, () => `case ${ask()}: ${block(inner)}`);
    if (dice.below(2) === 0) clauses.splice(dice.below(clauses.length + 1), 0, `default: ${block(inner)}`);
    return `switch (${ask()}) { ${clauses.join(' ')} }`;
  }

  function labelled(place: Place): string {
    const label = `l${String(++next)}`;
    return `${label}: ${block({ ...place, fuel: place.fuel - 1, labels: [...place.labels, label] })}`;
  }

  function jump(place: Place): string {
    const [loops, labels] = [place.loops, place.labels];
    const choices: [string, ...string[]] = ['return;', `return ${ask()};`, `throw ${ask()};`];
    if (place.breakable) choices.push('break;');
    if (loops.length > 0) choices.push('continue;', `continue ${loops[dice.below(loops.length)] ?? ''};`);
    if (labels.length > 0) choices.push(`break ${labels[dice.below(labels.length)] ?? ''};`);
    return `if (${ask()}) ${dice.pick(choices)}`;
  }

  function statement(place: Place): string {
    if (place.fuel <= 0) return dice.below(2) === 0 ? jump(place) : `${value(1)};`;
    const inner = { ...place, fuel: place.fuel - 1 };
    return dice.pick([
      () => `${value(2)};`,
      () => `${value(2)};`,
      () => `if (${value(2)}) ${block(inner)}`,
      () => `if (${value(2)}) ${block(inner)} else ${block(inner)}`,
      () => jump(place),
      () => loop(place),
      () => attempt(place),
      () => attempt(place),
      () => choice(place),
      () => labelled(place),
      () => `{ using r${String(next + 1)} = res(${String(++next)}); ${statement(inner)} }`,
    ])();
  }

  const top: Place = { fuel: size, copies, loops: [], labels: [], breakable: false };
  return `function* f(xs, res, v) ${block(top)}\n`;
}
