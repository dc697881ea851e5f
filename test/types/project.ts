import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import type { CallFact, Query, TypeFact } from '../../src/engine/facts';
import { createAnswerer } from '../../src/types/answer';

/** A folder with files of its own, deleted by `remove`; `node_modules` is the repository's unless the files bring one. */
export interface Folder {
  readonly path: string;
  readonly at: (file: string) => string;
  readonly write: (file: string, text: string | Uint8Array) => string;
  readonly remove: () => void;
}

export function makeFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): Folder {
  // The real path: on some systems the temporary folder is a link.
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'managed-scope-test-')));
  const at = (file: string) => path.join(folder, file);
  const write = (file: string, text: string | Uint8Array) => {
    mkdirSync(path.dirname(at(file)), { recursive: true });
    writeFileSync(at(file), text);
    return at(file);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  return { path: folder, at, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Links the repository's installed `@types` into a folder, so that a project there sees them as installed. */
export function installTypes(folder: Folder, ...packages: readonly string[]): void {
  for (const name of packages) {
    mkdirSync(path.dirname(folder.at(`node_modules/${name}`)), { recursive: true });
    symlinkSync(path.resolve('node_modules', name), folder.at(`node_modules/${name}`), 'dir');
  }
}

/** Asks about expressions of `main.ts`, found by their text. */
export interface Asker {
  /** About the call, `new` or tagged template whose whole text this is. */
  readonly call: (text: string) => CallFact;
  /** About the expression with this text, the first one within `context`. */
  readonly type: (text: string, context?: string) => TypeFact;
  readonly ask: (query: Query) => ReturnType<ReturnType<typeof createAnswerer>>[number];
}

/** A program over `main.ts` in a folder. */
export function openProgram(folder: Folder, options: ts.CompilerOptions = {}): Asker {
  const main = folder.at('main.ts');
  const program = ts.createProgram([main, ...(options.rootDirs ?? [])], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
    types: [],
    strict: true,
    preserveSymlinks: true,
    ...options,
  });
  const file = program.getSourceFile(main);
  if (!file) throw new Error(`${main} is not in the program`);
  const answer = createAnswerer(ts, program, file);
  const ask = (query: Query) => answer([query])[0];
  const locate = (text: string, from = 0) => {
    const start = file.text.indexOf(text, from);
    if (start === -1) throw new Error(`not in the program: ${text}`);
    return { start, end: start + text.length };
  };
  return {
    ask,
    call: (text) => {
      // The same text may come first as a declaration: `fail()` in `function fail(): never`.
      for (let range = locate(text); ; range = locate(text, range.end)) {
        const fact = ask({ kind: 'call', ...range });
        if (fact?.kind === 'call') return fact;
      }
    },
    type: (text, context = text) => {
      const fact = ask({ kind: 'type', ...locate(text, locate(context).start) });
      if (fact?.kind !== 'type') throw new Error(`no answer about the type of ${text}`);
      return fact;
    },
  };
}
