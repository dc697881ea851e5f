// Runs tests of a copy of test262 against the polyfill. A program of its own, so that any Node can run it:
//   runner COPY POLYFILL fresh FILE...         each test and mode in a fresh realm
//   runner COPY POLYFILL own FILE MODE         one test in the realm of the program
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { metadataOf, modesOf } from './metadata';
import { realms } from './realm';
import type { Realm } from './realm';

const [copy = '', polyfillFile = '', kind = '', ...rest] = process.argv.slice(2);
const makers = realms(readFileSync(polyfillFile, 'utf8'));
const read = (...parts: string[]): string => readFileSync(path.join(copy, ...parts), 'utf8');

/** Runs one test in one mode. @returns why it failed, or undefined. */
async function runTest(realm: Realm, file: string, mode: string): Promise<string | undefined> {
  const source = read(file);
  const { flags, includes } = metadataOf(source);
  const isAsync = flags.includes('async');
  const finished = new Promise<string>((resolve) => {
    realm.global.print = (text: unknown) => resolve(String(text));
  });
  try {
    for (const include of ['assert.js', 'sta.js', ...(isAsync ? ['doneprintHandle.js'] : []), ...includes]) {
      realm.evaluate(read('harness', include), include);
    }
    realm.evaluate(`${mode === 'strict' ? '"use strict";\n' : ''}${source}`, file);
  } catch (error) {
    return error instanceof Object && 'message' in error ? String(error.message) : String(error);
  }
  if (!isAsync) return undefined;
  // The loop is empty when the test has neither ended nor anything left to wait for.
  const idle = new Promise<string>((resolve) => setTimeout(resolve, 2000, 'it never ended'));
  const text = await Promise.race([finished, idle]);
  return text === 'Test262:AsyncTestComplete' ? undefined : text;
}

async function main(): Promise<Record<string, string>> {
  const failures: Record<string, string> = {};
  if (kind === 'own') {
    const [file = '', mode = ''] = rest;
    const failure = await runTest(makers.own(), file, mode);
    if (failure !== undefined) failures[file] = `${mode}: ${failure}`;
    return failures;
  }
  for (const file of rest) {
    for (const mode of modesOf(metadataOf(read(file)))) {
      const failure = await runTest(makers.fresh(), file, mode);
      if (failure !== undefined) failures[file] = `${mode}: ${failure}`;
    }
  }
  return failures;
}

main().then(
  (failures) => {
    process.stdout.write(JSON.stringify(failures), () => process.exit(0));
  },
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
