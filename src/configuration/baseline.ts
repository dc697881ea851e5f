import type { Finding } from '../engine/findings';

/**
 * What a finding is known by in a baseline. It holds no line number, so that it survives code moving up and down;
 * of several that are alike the number counts.
 */
export interface Fingerprint {
  /** Relative to the baseline's folder, with `/`. */
  readonly file: string;
  /** A rule's id, which this version need not know: entries outlive rules. */
  readonly rule: string;
  /** The functions and classes around the acquire (see `nameEnclosing`). */
  readonly within: string;
  /** The acquire's text, white space made even. */
  readonly acquire: string;
}

export interface BaselineEntry extends Fingerprint {
  readonly count: number;
}

/** The longest text of an acquire that is kept: an entry is read by people, on one line. */
const TEXT_LIMIT = 120;

/** Takes a finding's fingerprint. */
export function takeFingerprint(file: string, finding: Finding, within: string, text: string): Fingerprint {
  const acquire = text.slice(finding.acquire.start, finding.acquire.end).replace(/\s+/g, ' ').trim().slice(0, TEXT_LIMIT);
  return { file, rule: finding.rule, within, acquire };
}

function keyOf({ file, rule, within, acquire }: Fingerprint): string {
  return JSON.stringify([file, rule, within, acquire]);
}

/** Hides what a baseline knows, finding by finding, in the order in which they are shown to it. */
export interface BaselineFilter {
  /** The finding is recorded, and not all its copies were met yet. */
  hides(fingerprint: Fingerprint): boolean;
  /** How many were hidden. */
  readonly hidden: number;
  /** What is recorded and was not met, with how many are missing. */
  stale(): readonly BaselineEntry[];
}

export function createBaselineFilter(entries: readonly BaselineEntry[]): BaselineFilter {
  const left = new Map<string, BaselineEntry>();
  for (const entry of entries) {
    const before = left.get(keyOf(entry))?.count ?? 0;
    left.set(keyOf(entry), { ...entry, count: entry.count + before });
  }
  let hidden = 0;
  return {
    hides(fingerprint) {
      const entry = left.get(keyOf(fingerprint));
      if (!entry || entry.count === 0) return false;
      left.set(keyOf(fingerprint), { ...entry, count: entry.count - 1 });
      hidden += 1;
      return true;
    },
    get hidden() {
      return hidden;
    },
    stale: () => [...left.values()].filter(({ count }) => count > 0),
  };
}

/** Adds up entries that are alike, sorted by file, rule, function and text. A fingerprint counts as one. */
export function collectEntries(recorded: readonly (Fingerprint & { readonly count?: number })[]): readonly BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const entry of recorded) {
    const key = keyOf(entry);
    entries.set(key, { ...entry, count: (entries.get(key)?.count ?? 0) + (entry.count ?? 1) });
  }
  const byCode = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
  return [...entries.values()].sort(
    (one, other) => byCode(one.file, other.file) || byCode(one.rule, other.rule) || byCode(one.within, other.within) || byCode(one.acquire, other.acquire),
  );
}

/** The text of a baseline: JSON with an entry on each line, so that a change of one finding is a change of one line. */
export function printBaseline(entries: readonly BaselineEntry[]): string {
  const lines = entries.map(({ file, rule, within, acquire, count }) => `    ${JSON.stringify({ file, rule, within, acquire, count })}`);
  return `{\n  "version": 1,\n  "findings": [${lines.length > 0 ? `\n${lines.join(',\n')}\n  ` : ''}]\n}\n`;
}

/** Reads a baseline. Throws an Error with a sentence that says what is wrong: a baseline that is half understood would hide at random. */
export function readBaseline(text: string): readonly BaselineEntry[] {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Error('it is not JSON');
  }
  if (!isRecord(content) || !Array.isArray(content['findings'])) throw new Error('it is no baseline: "findings" is missing');
  if (content['version'] !== 1) throw new Error(`its version is ${JSON.stringify(content['version'])}, and only 1 is known`);
  return content['findings'].map((entry: unknown, index) => {
    if (isEntry(entry)) return entry;
    throw new Error(`its entry ${String(index + 1)} is not understood`);
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isEntry(value: unknown): value is BaselineEntry {
  if (!isRecord(value)) return false;
  const { file, rule, within, acquire, count } = value;
  const words = [file, rule, within, acquire].every((word) => typeof word === 'string');
  return words && typeof count === 'number' && Number.isInteger(count) && count > 0;
}
