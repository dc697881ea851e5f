import type { TSESTree } from '@typescript-eslint/types';
import type { ScopeManager } from '@typescript-eslint/scope-manager';
import type { Answers, Query } from './facts';
import type { Finding } from './findings';
import { collectCandidates, decide, questionFor } from './ownership/candidates';
import { Context } from './ownership/context';
import { withFactories } from './ownership/factories';
import { isAcquiring, tagsOfCall, withAnnotated } from './ownership/lifecycleTags';
import type { Obligation } from './ownership/obligation';
import { obligationOf } from './ownership/obligation';
import { openQuestions } from './ownership/questions';
import { MODELS } from './resources/index';
import { ModelIndex } from './resources/lookup';
import type { LibraryModel } from './resources/model';
import { CODE_RULES } from './rules/index';
import { isStyle, type RuleId } from './rules/registry';
import { Reporter, settlePrecedence, type JudgementTrace } from './rules/report';
import { collectSuspects, type Guard } from './rules/suspects';

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
  /** Also say how correct code could be written: what could be a `using`. Default false. */
  readonly style?: boolean;
  /** Models beside the built-in ones. */
  readonly models?: readonly LibraryModel[];
  /** Exactly these models, in place of the built-in ones and those beside them: what a measurement of models asks for. */
  readonly onlyModels?: ModelIndex;
  /** Test code: every finding goes a tier lower. Default: decided by the path. */
  readonly test?: boolean;
  /** The versions of Node that the project says it runs on (`engines`), as a range; asked at most once, and only of files with `using`. Absent, or undefined: nobody says. */
  readonly engines?: () => string | undefined;
  /** The most nodes that a function's graph may have. Default 20,000. */
  readonly nodeBudget?: number;
  /** Told when a rule crashed on a function, which is then skipped; the rest goes on. */
  readonly onCrash?: (error: unknown, where: { start: number; end: number }) => void;
  /** Told of each obligation once it is decided, with what is found on it: what inspection looks at (see inspect.ts). */
  readonly onObligation?: (obligation: Obligation, findings: readonly Finding[], ctx: Context, trace: JudgementTrace) => void;
  /** Told what is known of the file before anything is asked, and learns as the analysis does: what explanations look at (see explain/). */
  readonly onContext?: (ctx: Context) => void;
  /** Told at the end what the findings come from, where there are any: what fixes are made from (see fixes/fixes-of.ts). */
  readonly onFound?: (findings: readonly Finding[], obligations: readonly Obligation[], ctx: Context) => void;
}

/**
 * The one way in: a coroutine that yields batches of questions (an empty batch is a checkpoint at which a driver may pause or stop)
 * and is resumed with their answers, in order. Synchronous by itself; the driver answers when it likes.
 */
export type Analysis = Generator<readonly Query[], readonly Finding[], Answers>;

export function* analyse(module: SourceModule, options: AnalyseOptions = {}): Analysis {
  const ctx = new Context(module, options.onlyModels ?? indexOf(options.models), options.nodeBudget, options.engines);
  options.onContext?.(ctx);
  const guarded: Guard = (node, work) => {
    try {
      return work();
    } catch (error) {
      options.onCrash?.(error, { start: node.range[0], end: node.range[1] });
      return undefined;
    }
  };
  const candidates = guarded(module.ast, () => collectCandidates(module.ast, ctx)) ?? [];
  const suspects = guarded(module.ast, () => collectSuspects(CODE_RULES.filter(({ id }) => options.style === true || !isStyle(id)), ctx, guarded)) ?? [];
  if (candidates.length === 0 && suspects.length === 0) return [];
  const questions = candidates.flatMap((candidate) => guarded(candidate.call, () => questionFor(candidate, ctx)) ?? []);
  yield* ask([...questions, ...suspects.flatMap((suspect) => suspect.questions)], ctx);
  const known = candidates.flatMap((candidate) => guarded(candidate.call, () => decide(candidate, ctx)) ?? []);
  if (known.length === 0 && suspects.length === 0 && !candidates.some(({ call }) => isAcquiring(tagsOfCall(call, ctx)))) return [];
  const sites = guarded(module.ast, () => withAnnotated(withFactories(known, ctx), candidates.map(({ call }) => call), ctx)) ?? known;
  const follow = (): Obligation[] => sites.flatMap((site) => guarded(site.call, () => obligationOf(site, ctx)) ?? []);
  let obligations = follow();
  const more = guarded(module.ast, () => openQuestions(obligations, ctx)) ?? [];
  if (more.length > 0) {
    yield* ask(more, ctx);
    obligations = follow();
  }
  const findings: Finding[] = [];
  const report = new Reporter(ctx, obligations, { test: options.test ?? isTestPath(module.path) });
  const isOn = ({ rule }: Finding): boolean => options.rules === undefined || options.rules.has(rule);
  for (const obligation of obligations) {
    const trace: JudgementTrace | undefined = options.onObligation && { searches: [], lowered: [] };
    const found = guarded(obligation.site.call, () => report.findingsOf(obligation, trace)) ?? [];
    findings.push(...found);
    if (trace) options.onObligation?.(obligation, found.filter(isOn), ctx, trace);
    yield [];
  }
  const given = { ctx, obligations };
  const byAcquire: Finding[] = [];
  const beside: Finding[] = [];
  for (const { rule, node } of suspects) {
    for (const said of guarded(node, () => rule.judge(node, given)) ?? []) (said.acquire ? byAcquire : beside).push(...report.findingOf(rule.id, said));
  }
  // What is off was still heard: it does not let the next rule speak in its place.
  const settled = [...settlePrecedence(findings, byAcquire), ...beside].filter(isOn);
  settled.sort((one, other) => one.start - other.start || one.end - other.end);
  if (settled.length > 0) options.onFound?.(settled, obligations, ctx);
  return settled;
}

/** Puts the questions that were not put yet, all at once. */
function* ask(queries: readonly Query[], ctx: Context): Generator<readonly Query[], void, Answers> {
  const open = queries.filter((query) => !ctx.asked(query));
  ctx.learn(open, open.length > 0 ? yield open : []);
}

let builtIn: ModelIndex | undefined;
const withBuiltIn = new WeakMap<readonly LibraryModel[], ModelIndex>();

/** The built-in models are indexed once for the process, and once for each list of others beside them. */
function indexOf(models: readonly LibraryModel[] | undefined): ModelIndex {
  if (models === undefined || models.length === 0) return (builtIn ??= new ModelIndex(MODELS));
  let index = withBuiltIn.get(models);
  if (index === undefined) withBuiltIn.set(models, (index = new ModelIndex([...models, ...MODELS])));
  return index;
}

/** Test code by its path, as the common runners find it. */
export function isTestPath(path: string): boolean {
  return /(^|\/)(__tests__|__mocks__|([\w.]+-)*tests?|specs?|e2e|fixtures?|benchmarks?|([\w.]+-)?test-(suite|utils?|helpers?|kit|setup|support))\/|(^|[/._-])(tests?|spec|e2e|bench|test-suite)\.[cm]?[jt]sx?$/i.test(path);
}
