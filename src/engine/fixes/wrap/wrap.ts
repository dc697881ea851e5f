import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { AnalyseOptions, SourceModule } from '../../analyse';
import { analyse } from '../../analyse';
import type { Answers, Query } from '../../facts';
import type { Range } from '../../findings';
import type { Context } from '../../ownership/context';
import type { Obligation } from '../../ownership/obligation';
import { mentionsOf } from '../../ownership/place';
import type { ResourceCase } from '../case';
import { Source } from '../edit/source';
import { statementAround } from '../edit/statements';
import type { FixAbility, WrapResult } from '../fix';
import { makeFixes, questionsOf } from '../fixes-of';
import { explainUnscoped, findingFor } from './resources';
import { wrapSelection } from './selection';

/**
 * "Wrap in Managed Scope": with a selection its statements go into a scope; without one, the resource under the cursor gets one. A coroutine
 * as `analyse` is. The module's tree has to have its comments.
 */
export function* wrap(module: SourceModule, selection: Range, ability: FixAbility, options: AnalyseOptions = {}): Generator<readonly Query[], WrapResult, Answers> {
  const obligations: Obligation[] = [];
  let known: Context | undefined;
  yield* analyse(module, {
    ...options,
    onContext: (ctx) => { known = ctx; },
    onObligation: (obligation) => obligations.push(obligation),
  });
  if (known === undefined) return { refused: 'The file could not be analysed.' };
  const ctx: Context = known;
  const source = new Source(module);
  const caseOf = (obligation: Obligation): ResourceCase => ({ finding: findingFor(obligation), obligation, obligations, ctx, source, ability });
  const selected = source.slice(selection);
  if (selected.trim() !== '') {
    const start = selection.start + (selected.length - selected.trimStart().length);
    const range = { start, end: start + selected.trim().length };
    const inside = obligations.filter(({ site }) => site.call.range[0] >= range.start && site.call.range[1] <= range.end);
    const cases = inside.map((obligation): ResourceCase => ({ ...caseOf(obligation), ...(inside.length > 1 ? { jointly: inside } : {}) }));
    const questions = cases.flatMap(questionsOf).filter((query) => !ctx.asked(query));
    if (questions.length > 0) ctx.learn(questions, yield questions);
    return wrapSelection(range, { ctx, source, ability, cases });
  }
  const obligation = obligationUnder(selection.start, obligations, ctx);
  if (obligation === undefined) return { refused: 'There is no resource under the cursor that is known: select the statements that the scope is to hold.' };
  const given = caseOf(obligation);
  const questions = questionsOf(given).filter((query) => !ctx.asked(query));
  if (questions.length > 0) ctx.learn(questions, yield questions);
  const choices = makeFixes(given);
  return choices.length > 0 ? { choices } : { refused: explainUnscoped(obligation) };
}

/** The resource whose acquire, or whose name, is at the offset; of several the innermost acquire. */
function obligationUnder(offset: number, obligations: readonly Obligation[], ctx: Context): Obligation | undefined {
  const holds = (node: { readonly range: readonly [number, number] }): boolean => node.range[0] <= offset && offset <= node.range[1];
  const named = obligations.find(({ effects }) => effects.places.some((place) => mentionsOf(place, effects.root).some(({ node }) => holds(node))));
  if (named) return named;
  return obligations
    .filter(({ site }) => {
      const statement = statementAround(site.call);
      const head = statement?.type === T.VariableDeclaration || statement?.type === T.ExpressionStatement ? statement : site.call;
      return holds(head) && ctx.lineOf(head) <= ctx.lineOf(site.call);
    })
    .sort((one, other) => one.site.call.range[1] - one.site.call.range[0] - (other.site.call.range[1] - other.site.call.range[0]))[0];
}
