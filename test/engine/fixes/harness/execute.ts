import { createRequire } from 'node:module';
import ts from 'typescript';
import * as runtime from '../../../../src/runtime/index';
import { fakeModule } from './modules';
import { World, type Faults, type Happening } from './world';

/** What a caller and an observer see of one run. */
export interface Run {
  /** `returned ...` or `threw ...`. */
  readonly outcome: string;
  readonly error: unknown;
  readonly happenings: readonly Happening[];
  readonly leaked: readonly string[];
  readonly violations: readonly string[];
  readonly fallible: number;
}

/** A program that can be run again and again, each time in a world of its own. */
export type Program = (expression: string, faults?: Faults) => Promise<Run>;

const load = createRequire(__filename);

/** Compiles a text for the Node that runs this. `using` is lowered; the stacks are the runtime's where they are no globals. */
export function compile(text: string, path: string): Program {
  // An `.mjs` would stay what it is.
  const fileName = /x$/.test(path) ? 'program.tsx' : 'program.ts';
  const { outputText } = ts.transpileModule(text.replace(/^#!.*/, ''), { fileName, compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true, allowJs: true } });
  return async (expression, faults = {}) => {
    const world = new World(faults);
    const exported: Record<string, unknown> = {};
    const importing = (specifier: string): unknown => (specifier === 'managed-scope' ? runtime : specifier === 'node:path' ? load(specifier) : fakeModule(specifier, world));
    const output = { log: (what: unknown) => { world.say(String(what)); }, error: (what: unknown) => { world.say(what instanceof Error ? what.message : String(what)); } };
    const globals = { require: importing, exports: exported, module: { exports: exported }, console: output, DisposableStack: runtime.DisposableStack, AsyncDisposableStack: runtime.AsyncDisposableStack, SuppressedError: runtime.SuppressedError };
    run(outputText, globals);
    const call: unknown = new Function(...Object.keys(exported), `return async () => (${expression})`)(...Object.values(exported));
    const { outcome, error } = await settle(call);
    return { outcome, error, happenings: world.happenings, leaked: world.leaked, violations: world.violations, fallible: world.fallible };
  };
}

function run(code: string, globals: Readonly<Record<string, unknown>>): void {
  // A function of its own: the program may use the names for something else.
  new Function(...Object.keys(globals), `(() => {\n${code}\n})()`)(...Object.values(globals));
}

async function settle(call: unknown): Promise<{ outcome: string; error: unknown }> {
  if (typeof call !== 'function') throw new TypeError('the expression makes no function');
  try {
    const result: unknown = await Reflect.apply(call, undefined, []);
    return { outcome: `returned ${JSON.stringify(result) ?? 'nothing'}`, error: undefined };
  } catch (error) {
    return { outcome: `threw ${describe(error)}`, error };
  }
}

function describe(error: unknown): string {
  if (runtime.isSuppressedError(error)) return `${describe(error.error)}, suppressing ${describe(error.suppressed)}`;
  return error instanceof Error ? error.message : String(error);
}
