import type { TSESTree } from '@typescript-eslint/types';
import type { ScopeManager } from '@typescript-eslint/scope-manager';
import type { Answers, Query } from './facts';
import type { Finding } from './findings';
import type { LibraryModel } from './resources/model';
import type { RuleId } from './rules/registry';

/** One file, parsed. */
export interface SourceModule {
  /** For what the path tells (test file, extension); with `/`, need not exist. */
  readonly path: string;
  readonly text: string;
  readonly ast: TSESTree.Program;
  readonly scopes: ScopeManager;
}

/** What the analysis may know of the project and is told to look for. */
export interface AnalyseOptions {
  /** Rules to run; default all. One that is off does not let the next in precedence speak in its place. */
  readonly rules?: ReadonlySet<RuleId>;
  /** Models beside the built-in ones. */
  readonly models?: readonly LibraryModel[];
  /** Test code: every finding goes a tier lower. Default: decided by the path. */
  readonly test?: boolean;
  /** The most nodes that a function's graph may have. Default 20,000. */
  readonly nodeBudget?: number;
  /** Told when a rule crashed on a function, which is then skipped; the rest goes on. */
  readonly onCrash?: (error: unknown, where: { start: number; end: number }) => void;
}

/**
 * The one way in: a coroutine that yields batches of questions (an empty batch is a checkpoint at which a driver may pause or stop)
 * and is resumed with their answers, in order. Synchronous by itself; the driver answers when it likes.
 */
export type Analysis = Generator<readonly Query[], readonly Finding[], Answers>;

export function* analyse(_module: SourceModule, _options: AnalyseOptions = {}): Analysis {
  yield [];
  return [];
}
