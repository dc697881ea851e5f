import { Command, InvalidArgumentError, Option } from 'commander';
import { FAIL_ON, type FailOn } from '../configuration/settings';
import { didYouMean } from '../configuration/shape/nearest';
import { FIX_SHAPES, type FixShape } from '../engine/fixes/fix';
import { RULE_IDS, type RuleId } from '../engine/rules/registry';
import type { AddRuntime } from './fix/fix';
import { VERSION } from '../workspace/version';

/** `managed-scope check`, as it was asked for. */
export interface CheckOptions {
  readonly format: 'text' | 'json';
  readonly project?: string;
  readonly rule?: readonly RuleId[];
  readonly failOn?: FailOn;
  readonly types: boolean;
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly config?: string;
  readonly hints?: true;
  readonly fix?: true;
  readonly fixDryRun?: true;
  readonly fixSuggestions?: FixShape;
  readonly fixes?: true;
  readonly addRuntime?: AddRuntime;
  readonly quiet?: true;
  readonly color?: boolean;
}

/** `managed-scope models`, as it was asked for. */
export interface ModelsOptions {
  readonly format: 'text' | 'json';
  readonly color?: boolean;
}

/** `managed-scope explain`, as it was asked for. */
export interface ExplainOptions {
  readonly format: 'text' | 'json';
  readonly project?: string;
  readonly types: boolean;
  readonly config?: string;
  readonly color?: boolean;
}

export interface Actions {
  check(paths: readonly string[], options: CheckOptions): Promise<void>;
  explain(place: string, options: ExplainOptions): Promise<void>;
  models(library: string | undefined, options: ModelsOptions): Promise<void>;
  lsp(): void;
}

/** Where the program writes: help and the version to one, complaints to the other. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Builds the command line. Parsing it throws a CommanderError where the process should end. */
export function createProgram(actions: Actions, { out, err }: Streams): Command {
  const program = new Command('managed-scope');
  program
    .description('Finds resources that are acquired and not surely released in TypeScript and JavaScript.')
    .version(VERSION, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: err, outputError: (text, write) => { write(text.replace(/^error: /, 'managed-scope: ')); } })
    .showHelpAfterError('See managed-scope --help.');
  program
    .command('check')
    .description('check files, folders and globs')
    .argument('[paths...]', 'what to check (default: the working directory)')
    .addOption(new Option('--format <format>', 'how findings are printed').choices(['text', 'json']).default('text'))
    .option('--project <tsconfig>', 'the tsconfig.json to take (default: the nearest of each file)')
    .option('--rule <id>', 'look for this rule only; can be repeated', collectRule)
    .addOption(new Option('--fail-on <tier>', 'exit with 1 for findings from this tier on (default: definite)').choices(FAIL_ON))
    .option('--no-types', 'do not ask TypeScript for types: faster, and finds less')
    .option('--baseline <file>', 'do not say again what this file records')
    .option('--update-baseline', 'record what is found in the baseline')
    .option('--config <file>', 'the managed-scope.json to take (default: the nearest of each file)')
    .option('--fix', 'apply the fixes that are safe')
    .option('--fix-dry-run', 'print what --fix would change, as a unified diff')
    .addOption(new Option('--fix-suggestions <shape>', 'apply fixes of this shape too, safe or not').choices(FIX_SHAPES))
    .addOption(new Option('--add-runtime <how>', 'where fixes need the runtime and it is missing: copy it into the project, or add the dependency').choices(['copy', 'dependency']))
    .option('--fixes', 'list the fixes of each finding in the JSON output')
    .option('--hints', 'print hints too')
    .option('--quiet', 'print findings only: no progress, no summary')
    .option('--color', 'colour the output')
    .option('--no-color', 'do not colour the output')
    .addHelpText('after', '\nExit codes: 0 nothing found at or above --fail-on, 1 something found, 2 failure.')
    .action((paths: readonly string[], options: CheckOptions) => actions.check(paths, options));
  program
    .command('explain')
    .description('print what is known of the calls at a place, and why something is said of them or not')
    .argument('<place>', 'FILE:LINE or FILE:LINE:COLUMN, counted from 1')
    .addOption(new Option('--format <format>', 'how it is printed').choices(['text', 'json']).default('text'))
    .option('--project <tsconfig>', 'the tsconfig.json to take (default: the nearest)')
    .option('--no-types', 'do not ask TypeScript for types')
    .option('--config <file>', 'the managed-scope.json to take (default: the nearest)')
    .option('--color', 'colour the output')
    .option('--no-color', 'do not colour the output')
    .action((place: string, options: ExplainOptions) => actions.explain(place, options));
  program
    .command('models')
    .description('list the libraries and resources that are known')
    .argument('[library]', 'only this library or module')
    .addOption(new Option('--format <format>', 'how they are printed').choices(['text', 'json']).default('text'))
    .option('--color', 'colour the output')
    .option('--no-color', 'do not colour the output')
    .action((library: string | undefined, options: ModelsOptions) => actions.models(library, options));
  program
    .command('lsp')
    .description('serve an editor over stdin and stdout, in the language server protocol')
    .option('--stdio', 'what many editors pass; it is the only way')
    .action(() => { actions.lsp(); });
  return program;
}

function collectRule(id: string, before: readonly RuleId[] = []): readonly RuleId[] {
  const words = id.split(',').map((word) => word.trim());
  const rules = words.map((word) => {
    const rule = RULE_IDS.find((known) => known === word);
    if (rule === undefined) throw new InvalidArgumentError(`"${word}" is no rule${didYouMean(word, RULE_IDS)}`);
    return rule;
  });
  return [...before, ...rules];
}
