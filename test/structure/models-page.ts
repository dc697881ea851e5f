import { describeModels, type ResourceDescription } from '../../src/engine/resources/describe';
import type { LibraryModel } from '../../src/engine/resources/model';

/** Where the page lies, and what makes it anew. */
export const MODELS_PAGE = 'docs/models.md';
export const WRITE_MODELS_PAGE = 'npm run docs:models';

const HEAD = `# What is known of libraries

This page is made from the models in \`src/engine/resources\` by \`${WRITE_MODELS_PAGE}\`; a test keeps it equal to them.
\`managed-scope models\` prints the same, with what your own configuration adds; [configuration](configuration.md#models) says how to add to it.

* **Acquire**: the calls that acquire, as models name them: \`open\` is exported, \`new Pool\` constructs, \`Pool#connect\` is a method of instances. \`*\`: the module itself.
  Without more words the resource is the call's result, awaited where that is a promise.
* **Release**: \`it\` is the resource.
* **Lifetime**: \`scoped\` must be released by whoever acquires it, on every path; \`self\` ends by itself in ordinary use; \`process\` is commonly kept until
  the process ends; \`moment\` is over soon, and nothing is owed.
* **Outcomes**: events of which one always comes.
* **Disposable since**: the first versions whose instances carry \`Symbol.dispose\` or \`Symbol.asyncDispose\`, for \`using\` and \`await using\`.

| Library | Resource | Acquire | Release | Lifetime | Outcomes | Disposable since |
|---|---|---|---|---|---|---|
`;

/** The page of these models: a line for each resource, sorted by library. */
export function renderModelsPage(models: readonly LibraryModel[]): string {
  return `${HEAD}${describeModels(models).map(renderRow).join('')}`;
}

function renderRow({ library, noun, acquires, releases, lifetime, outcomes, disposable }: ResourceDescription): string {
  const since = disposable === undefined ? '' : `${code([disposable.symbol])} ${disposable.since}`;
  const cells = [escapeCell(library), escapeCell(noun), code(acquires.map(nameModule)), code(releases), lifetime, code(outcomes), escapeCell(since)];
  return `| ${cells.join(' | ')} |\n`;
}

/** A module that is called itself has no name of its own. */
function nameModule(acquire: string): string {
  return acquire.replace(/^((?:[\w@./-]+:)?(?:new )?)default\b(?!\.)/, '$1*');
}

function code(texts: readonly string[]): string {
  return texts.map((text) => `\`${escapeCell(text)}\``).join(', ');
}

function escapeCell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
}
