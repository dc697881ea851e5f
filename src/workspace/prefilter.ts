import type { LibraryModel, MemberRef } from '../engine/resources/model';

/**
 * Beginnings of names that acquire in most libraries, as whole words or the first word of a name (`open`, `openSync`, `createPool`):
 * what no model knows can still be told by its type.
 */
const ACQUIRING_VERBS = [
  'acquire', 'begin', 'borrow', 'checkout', 'connect', 'create', 'fork', 'get(?=Connection|Client|Lock|Session|Reader|Writer)', 'lease',
  'listen', 'lock', 'mkdtemp', 'obtain', 'open', 'reserve', 'spawn', 'start', 'watch',
];

/** Words that concern the checks in themselves: scopes, the symbols, and comments that speak to this tool. */
const TELLING_WORDS = ['using\\s+[\\w$]+\\s*(?::[^=\\n]{0,200})?=', 'using\\s+[\\w$]+\\s+of\\b', 'Symbol\\.(?:dispose|asyncDispose)\\b', 'managed-scope-\\w', '@(?:acquires|releases|owns|borrows|alias)\\b'];

/** The last name of a reference: `connect` of `Pool#connect`, `Pool` of `new Pool`. `default` can be called anything. */
function lastName(reference: MemberRef): string {
  return /[\w$]+$/.exec(reference)?.[0] ?? '';
}

export type Prefilter = (text: string) => boolean;

/**
 * A test whether a text mentions any name that could acquire: one regular expression of whole words, linear in the text, no parsing.
 * Models whose module itself is called (`default`) are recognised by the module's specifier.
 */
export function createPrefilter(models: readonly LibraryModel[]): Prefilter {
  const names = new Set<string>();
  const specifiers = new Set<string>();
  for (const model of models) {
    for (const resource of model.resources) {
      for (const { call } of resource.acquires) {
        const name = lastName(call);
        if (name === 'default') for (const specifier of model.modules) specifiers.add(specifier);
        else if (name !== '') names.add(name);
      }
    }
  }
  const words = [...names].map(escapePattern);
  const verbs = `(?:${ACQUIRING_VERBS.join('|')})(?:[A-Z_]\\w*)?`;
  const quoted = [...specifiers].map((specifier) => `['"\`](?:node:)?${escapePattern(specifier)}['"\`]`);
  // A name counts where it is called, with type arguments or not, or handed on: `promisify(fs.open)`.
  const alternatives = [`(?:${[...words, verbs].join('|')})\\s*(?:\\?\\.\\s*)?[(<\`),]`, ...TELLING_WORDS];
  const pattern = new RegExp([`(?<![\\w$])(?:${alternatives.join('|')})`, ...quoted].join('|'));
  return (text) => pattern.test(text);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
