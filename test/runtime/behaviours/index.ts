import { badInput } from './bad-input';
import { concurrency } from './concurrency';
import { decorators } from './decorators';
import { exitStacks } from './exit-stacks';
import { generators } from './generators';
import type { Api, Case } from './kit';
import { scopes } from './scopes';
import { specifiedStacks } from './specified-stacks';
import { suppression } from './suppression';

/** Every behaviour that needs nothing but the language. */
export const behaviours = (api: Api): Case[] =>
  [generators, decorators, exitStacks, suppression, scopes, concurrency, badInput, specifiedStacks].flatMap((suite) => suite(api));

/** Runs them all. @returns the name and the error of each. */
export async function runAll(api: Api): Promise<{ name: string; error?: string }[]> {
  const results: { name: string; error?: string }[] = [];
  for (const { name, run } of behaviours(api)) {
    try {
      await run();
      results.push({ name });
    } catch (error) {
      results.push({ name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  return results;
}
