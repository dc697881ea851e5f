// What a test of test262 says of itself, in the comment at its top (INTERPRETING.md there).

export interface Metadata {
  readonly includes: readonly string[];
  readonly flags: readonly string[];
}

/** A list under a key, written in one line (`[a, b]`) or in several (`- a`). */
function list(block: string, key: string): string[] {
  const inline = new RegExp(`^${key}:\\s*\\[([^\\]]*)\\]`, 'm').exec(block);
  if (inline) return (inline[1] ?? '').split(',').map((item) => item.trim()).filter(Boolean);
  const lines = new RegExp(`^${key}:\\s*\\n((?:\\s+- .*\\n?)+)`, 'm').exec(block);
  return [...(lines?.[1] ?? '').matchAll(/- (.*)/g)].map(([, item]) => (item ?? '').trim());
}

/** @throws Error when the test has no such comment. */
export function metadataOf(source: string): Metadata {
  const block = /\/\*---([\s\S]*?)---\*\//.exec(source)?.[1];
  if (block === undefined) throw new Error('a test without metadata');
  return { includes: list(block, 'includes'), flags: list(block, 'flags') };
}

/** The modes that a test is to be run in. */
export function modesOf({ flags }: Metadata): ('strict' | 'sloppy')[] {
  if (flags.includes('onlyStrict')) return ['strict'];
  return flags.includes('noStrict') || flags.includes('raw') ? ['sloppy'] : ['sloppy', 'strict'];
}
