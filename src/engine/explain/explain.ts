import { analyse, type AnalyseOptions, type SourceModule } from '../analyse';
import type { Answers, Query } from '../facts';
import type { Finding, Range } from '../findings';
import type { Context } from '../ownership/context';
import type { Obligation } from '../ownership/obligation';
import type { JudgementTrace } from '../rules/report';
import type { CallNode } from '../syntax/nodes';
import { isCall, unwrap, within } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import { explainAcquire, explainCallee } from './acquire';
import type { CallExplanation, Explanation } from './explanation';
import { explainDeeds, explainObligation, ownerOf } from './obligation';

/** An obligation with how it was judged. */
export interface Judged {
  readonly obligation: Obligation;
  readonly findings: readonly Finding[];
  readonly trace: JudgementTrace;
}

/**
 * As `analyse`, and gives what is known about the calls at a place: a range of whole lines, or an empty range for the innermost call
 * around an offset. Asks more than the analysis does: the types of those calls, whether they can acquire or not.
 */
export function* explain(module: SourceModule, place: Range, options: AnalyseOptions = {}): Generator<readonly Query[], Explanation, Answers> {
  const judged: Judged[] = [];
  const known: { ctx?: Context } = {};
  const found = yield* analyse(module, {
    ...options,
    onContext: (ctx) => {
      known.ctx = ctx;
      options.onContext?.(ctx);
    },
    onObligation: (obligation, findings, ctx, trace) => {
      judged.push({ obligation, findings, trace });
      options.onObligation?.(obligation, findings, ctx, trace);
    },
  });
  const { ctx } = known;
  const calls = callsAt(module, place);
  if (ctx === undefined) return { calls: [], findings: [] };
  const queries = calls.map((call): Query => ({ kind: 'call', start: call.range[0], end: call.range[1] }));
  const asked = new Set(queries.filter((query) => ctx.asked(query)).map(({ start, end }) => `${String(start)}:${String(end)}`));
  const open = queries.filter((query) => !ctx.asked(query));
  if (open.length > 0) ctx.learn(open, yield open);
  const touches = (range: Range): boolean => (place.start === place.end ? range.start <= place.start && place.start < range.end : range.start >= place.start && range.start < place.end);
  return {
    calls: calls.map((call) => explainCall(call, asked.has(call.range.join(':')), judged, ctx)),
    findings: found.filter((finding) => touches(finding) || touches(finding.acquire)),
  };
}

function explainCall(call: CallNode, asked: boolean, judged: readonly Judged[], ctx: Context): CallExplanation {
  const fact = ctx.callFact(call);
  const own = judged.filter(({ obligation }) => obligation.site.call === call);
  return {
    start: call.range[0],
    end: call.range[1],
    code: ctx.excerpt(call),
    inside: ownerOf(call),
    callee: explainCallee(call, asked, ctx),
    ...(fact === undefined ? {} : { fact }),
    acquire: explainAcquire(call, own[0]?.obligation.site, ctx),
    obligations: own.map((one) => explainObligation(one, ctx)),
    deeds: explainDeeds(call, judged, ctx),
  };
}

/** The calls whose called name stands in the range, in source order; for an empty range the innermost call around it. */
function callsAt({ ast }: SourceModule, { start, end }: Range): CallNode[] {
  const calls: CallNode[] = [];
  walk(ast, (node) => {
    if (!isCall(node)) return;
    const [from, to] = nameRange(node);
    const around = start === end ? node.range[0] <= start && start < node.range[1] : from < end && to > start;
    if (around) calls.push(node);
  });
  if (start !== end) return calls;
  const innermost = calls.filter((call) => !calls.some((other) => other !== call && within(other, call)));
  return innermost.slice(-1);
}

/** Where a person sees the call: its last name, with the bracket behind it, and `new` before it. */
function nameRange(call: CallNode): readonly [number, number] {
  const callee = unwrap(call.callee);
  if (call.type === 'NewExpression') return [call.range[0], callee.range[1]];
  return callee.type === 'MemberExpression' ? callee.property.range : callee.range;
}
