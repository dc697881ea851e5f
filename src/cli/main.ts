import { createRequire } from 'node:module';
import { CommanderError } from 'commander';
import type * as Check from './check';
import type * as Models from './models';
import { EXIT, explain, type ExitCode } from './failure';
import { tolerateBrokenPipe, write } from './output';
import { createProgram, type CheckOptions, type ExplainOptions, type ModelsOptions } from './program';

/**
 * What checks is a bundle of its own, with TypeScript in it: --version and a misspelt option need not wait for that to load.
 * `require` and not `import()`, which would search those 11 MB for names to export first.
 */
const loadCheck: (file: './check.js') => typeof Check = createRequire(__filename);
/** Likewise: the models are data, and not little of it. */
const loadModels: (file: './models.js') => typeof Models = createRequire(__filename);

/** Likewise; a bundle that editors start by itself too. */
const loadServer: (file: './server.js') => { readonly start: () => void } = createRequire(__filename);

/** Runs the command line and gives its exit code. Whatever goes wrong becomes a sentence on stderr. */
async function run(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean;
  const out: string[] = [];
  const err: string[] = [];
  const world = { cwd: process.cwd(), env: process.env, stdout: process.stdout, stderr: process.stderr };
  const check = async (paths: readonly string[], options: CheckOptions) => {
    code = await loadCheck('./check.js').check(paths, options, world);
  };
  const explainPlace = async (place: string, options: ExplainOptions) => {
    code = await loadCheck('./check.js').explain(place, options, world);
  };
  const models = async (library: string | undefined, options: ModelsOptions) => {
    code = await loadModels('./models.js').models(library, options, world);
  };
  try {
    await createProgram({ check, explain: explainPlace, models, lsp: () => { loadServer('./server.js').start(); } }, { out: (text) => out.push(text), err: (text) => err.push(text) }).parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) err.push(explain(error));
    if (!(error instanceof CommanderError) || error.exitCode !== 0) code = EXIT.failed;
  }
  if (out.length > 0) await write(process.stdout, out.join(''));
  if (err.length > 0) await write(process.stderr, err.join(''));
  return code;
}

tolerateBrokenPipe(process.stdout);
tolerateBrokenPipe(process.stderr);
void run(process.argv).then((code) => {
  process.exitCode = code;
});
