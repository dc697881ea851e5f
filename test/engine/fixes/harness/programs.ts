/** Numbers that look random and are the same at each run: a linear congruential generator. */
function numbers(seed: number): Draw {
  let state = seed * 2654435761 + 12345;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

/** Gives one of the numbers from 0 that are below another. */
type Draw = (below: number) => number;

/** A program that acquires, works, and releases on some of its paths: a function `f(flag)` that a person could have written badly. */
export function generateProgram(seed: number): string {
  const draw = numbers(seed);
  const kind = KINDS[draw(KINDS.length)] ?? KINDS[0];
  const body = block(draw, 2, kind.use, kind.release);
  const ends = draw(3) === 0 ? [] : [kind.release, ...(draw(2) === 0 ? ['work();'] : [])];
  const lines = [kind.acquire, ...body, ...ends, ...(draw(2) === 0 ? ['return total;'] : [])];
  return [...kind.head, "import { work, workAsync } from './work';", '', 'export async function f(flag: boolean) {', '  let total = 0;', ...indent(lines), '}', ''].join('\n');
}

const KINDS = [
  { head: ["import { open } from 'node:fs/promises';"], acquire: "const x = await open('a');", use: 'total += (await x.stat()).size;', release: 'await x.close();' },
  { head: ["import { Pool } from 'pg';", 'const pool = new Pool();'], acquire: 'const x = await pool.connect();', use: "await x.query('q');", release: 'x.release();' },
  { head: ["import { openSync, closeSync, fstatSync } from 'node:fs';"], acquire: "const x = openSync('a', 'r');", use: 'total += fstatSync(x).size;', release: 'closeSync(x);' },
] as const;

function block(draw: Draw, depth: number, use: string, release: string): string[] {
  return Array.from({ length: 1 + draw(3) }, () => statement(draw, depth, use, release)).flat();
}

function statement(draw: Draw, depth: number, use: string, release: string): string[] {
  const inner = (): string[] => block(draw, depth - 1, use, release);
  const releasing = (): string[] => (draw(2) === 0 ? [release] : []);
  switch (depth > 0 ? draw(9) : draw(4)) {
    case 0:
      return ['work();'];
    case 1:
      return ['await workAsync();'];
    case 2:
    case 3:
      return [use];
    case 4:
      return ['if (flag) {', ...indent([...releasing(), `return ${String(draw(9))};`]), '}'];
    case 5:
      return ['if (!flag) {', ...indent(inner()), '}'];
    case 6:
      return ['for (const item of [1, 2]) {', ...indent([...(draw(2) === 0 ? ['if (flag) continue;'] : []), `total += item;`, ...inner()]), '}'];
    case 7:
      return ['try {', ...indent(inner()), '} catch (error) {', ...indent([...releasing(), 'throw error;']), '}'];
    default:
      return ['try {', ...indent(inner()), '} finally {', ...indent(['// at last', ...(draw(3) === 0 ? ['work();'] : [release])]), '}'];
  }
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
