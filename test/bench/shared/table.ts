/** Lays rows out under each other: the first column to the left, the others to the right. The first row is the heading. */
export function formatTable(rows: readonly (readonly (string | number)[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, String(cell).length)));
  const line = (row: readonly (string | number)[]): string =>
    row.map((cell, column) => (column === 0 ? String(cell).padEnd(widths[column] ?? 0) : String(cell).padStart(widths[column] ?? 0))).join('  ').trimEnd();
  const [heading, ...rest] = rows;
  if (heading === undefined) return '';
  return [line(heading), widths.map((width) => '-'.repeat(width)).join('  '), ...rest.map(line)].join('\n');
}

/** `12/15  80 %`. */
export function ratio(found: number, total: number): string {
  return `${String(found)}/${String(total)} ${(total === 0 ? 0 : (100 * found) / total).toFixed(0).padStart(3)} %`;
}

/** Counts what a predicate holds of, by a key, most frequent key first. */
export function tally<T>(items: readonly T[], keyOf: (item: T) => string, holds: (item: T) => boolean): { key: string; found: number; total: number }[] {
  const counts = new Map<string, { key: string; found: number; total: number }>();
  for (const item of items) {
    const key = keyOf(item);
    const count = counts.get(key) ?? { key, found: 0, total: 0 };
    counts.set(key, { key, found: count.found + (holds(item) ? 1 : 0), total: count.total + 1 });
  }
  return [...counts.values()].sort((one, other) => other.total - one.total || (one.key < other.key ? -1 : 1));
}
