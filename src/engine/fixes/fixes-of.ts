import type { AnalyseOptions, SourceModule } from '../analyse';
import { analyse } from '../analyse';
import type { Answers, Query } from '../facts';
import type { Finding, Range } from '../findings';
import type { Context } from '../ownership/context';
import type { Obligation } from '../ownership/obligation';
import type { FixCase, ResourceCase } from './case';
import { inOrder, toFix } from './choose';
import { Source } from './edit/source';
import type { Fix, FixAbility } from './fix';
import { MAKERS, SHAPES_BY_RULE } from './registry';
import { concurrentOf } from './scope/concurrent';
import { questionsOfExtraction } from './scope/extract';
import { acquiresOf } from './scope/gathered';
import { holdingOf } from './scope/holding';
import { questionsOfReturns } from './scope/returned';

/** A finding with the ways to repair it, best first. */
export interface FixedFinding {
  readonly finding: Finding;
  readonly fixes: readonly Fix[];
}

/**
 * Makes the fixes of the findings that are selected: analyses the file anew, and looks once more at what those come from. A coroutine as
 * `analyse` is. The module's tree has to have its comments.
 */
export function* fixesOf(module: SourceModule, select: (findings: readonly Finding[]) => readonly Finding[], ability: FixAbility, options: AnalyseOptions = {}): Generator<readonly Query[], readonly FixedFinding[], Answers> {
  const cases: FixCase[] = [];
  let known: Context | undefined;
  let source: Source | undefined;
  yield* analyse(module, {
    ...options,
    onFound: (findings, obligations, ctx) => {
      options.onFound?.(findings, obligations, ctx);
      known = ctx;
      const text = (source ??= new Source(module));
      for (const finding of select(findings)) cases.push({ finding, obligation: obligationAt(finding, obligations), obligations, ctx, source: text, ability });
    },
  });
  if (known === undefined) return [];
  const ctx: Context = known;
  const questions = cases.flatMap(questionsOf).filter((query) => !ctx.asked(query));
  if (questions.length > 0) ctx.learn(questions, yield questions);
  const made: FixedFinding[] = [];
  for (const given of cases) {
    made.push({ finding: given.finding, fixes: guarded(() => makeFixes(given), given, options) });
    yield [];
  }
  return made;
}

/** The fixes of one finding, best first. */
export function makeFixes(given: FixCase): readonly Fix[] {
  const { finding, obligation, ability } = given;
  const extent: Range = obligation === undefined ? finding : { start: obligation.root.range[0], end: obligation.root.range[1] };
  const made = (SHAPES_BY_RULE[finding.rule] ?? []).flatMap((shape) =>
    (MAKERS[shape]?.(given) ?? []).flatMap((draft) => {
      const fix = toFix(shape, draft, finding, extent, ability);
      return fix ? [{ fix, usesRuntime: draft.usesRuntime ?? false }] : [];
    }),
  );
  return inOrder(made, ability.style);
}

/** The obligation that a finding is about: by its acquire, and of several there by what is acquired. */
export function obligationAt(finding: Finding, obligations: readonly Obligation[]): Obligation | undefined {
  // Of what is used too late the path begins with the acquire.
  const acquire = (finding.rule === 'use-after-release' ? finding.path[0] : undefined) ?? finding.acquire;
  const there = obligations.filter(({ site }) => site.call.range[0] === acquire.start && site.call.range[1] === acquire.end);
  return there.find(({ site }) => site.resource.noun === finding.resource) ?? there[0];
}

/** What the fixes of a finding need to know beyond what it was found by. */
export function questionsOf(given: FixCase): Query[] {
  const { obligation } = given;
  if (obligation === undefined || SHAPES_BY_RULE[given.finding.rule] === undefined) return [];
  // One fix for all of them needs to know all of them.
  const together = given.finding.rule === 'concurrent-acquire' ? togetherWith({ ...given, obligation }) : undefined;
  return (together ?? [obligation]).flatMap((one) => questionsOfOne({ ...given, obligation: one }));
}

function togetherWith(given: ResourceCase): readonly Obligation[] | undefined {
  return concurrentOf(given)?.elements.flatMap((element) => element.obligation ?? []) ?? acquiresOf(given)?.obligations;
}

function questionsOfOne(ours: ResourceCase): Query[] {
  const { obligation } = ours;
  const holding = holdingOf(ours);
  const releases = obligation.effects.effects.flatMap(({ kind, call }): Query[] => (kind === 'release' && call ? [{ kind: 'call', start: call.range[0], end: call.range[1] }] : []));
  const acquire: Query = { kind: 'call', start: obligation.site.call.range[0], end: obligation.site.call.range[1] };
  return [acquire, ...releases, ...(holding ? questionsOfReturns(ours, holding) : questionsOfExtraction(ours))];
}

function guarded(make: () => readonly Fix[], { finding }: FixCase, options: AnalyseOptions): readonly Fix[] {
  try {
    return make();
  } catch (error) {
    options.onCrash?.(error, finding);
    return [];
  }
}
