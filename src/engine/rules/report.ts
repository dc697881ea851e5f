import type { TSESTree } from '@typescript-eslint/types';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { Finding, Range, Step, Tier } from '../findings';
import { least, lower } from '../findings';
import type { Context } from '../ownership/context';
import { acquiringNodes } from '../ownership/factories';
import type { Obligation } from '../ownership/obligation';
import { judge } from '../ownership/verdict';
import type { Verdict } from '../ownership/verdict';
import type { Doubt, Lowering, Trace } from '../ownership/trace';
import { isFunction, enclosingLoop } from '../syntax/nodes';
import { LEAK_RULES, MISUSE_RULES } from './index';
import type { RuleId } from './registry';
import { RULE_IDS, RULES } from './registry';
import type { Case } from './rule';
import type { Report } from './code-rule';
import { witnessOf } from './witness';
import { subjectOf } from './words';

/** What became of an obligation, and why. */
export interface JudgementTrace extends Trace {
  verdict?: Verdict;
  /** The rules that fit, in the order of precedence: the first spoke. */
  fitting?: readonly RuleId[];
}

/** Turns obligations into findings: at most one for each, by the first rule that fits, and one for each release done wrongly. */
export class Reporter {
  private readonly acquires: ReadonlySet<TSESTree.Node>;
  private readonly reported = new Set<string>();

  constructor(
    private readonly ctx: Context,
    obligations: readonly Obligation[],
    private readonly options: { readonly test: boolean },
  ) {
    this.acquires = acquiringNodes(obligations.map((obligation) => obligation.site));
  }

  /** `trace`, when given, is told how it was decided. */
  findingsOf(obligation: Obligation, trace?: JudgementTrace): Finding[] {
    const leaks = this.leaks(obligation, trace);
    // A promise that is taken for the resource makes nonsense of every other use.
    return leaks.some((finding) => finding.rule === 'acquire-not-awaited') ? leaks : [...leaks, ...this.misuses(obligation)];
  }

  private leaks(obligation: Obligation, trace: JudgementTrace | undefined): Finding[] {
    const { ctx } = this;
    const verdict = judge(obligation, ctx, trace);
    if (verdict === undefined) return [];
    const leak = verdict.fate.kind === 'leak' ? verdict.fate.leak : undefined;
    const given: Case = { verdict, obligation, leak, ctx, acquires: this.acquires };
    const rule = LEAK_RULES.find((one) => one.fits(given));
    if (trace) {
      trace.verdict = verdict;
      trace.fitting = LEAK_RULES.filter((one) => one.fits(given)).map(({ id }) => id);
    }
    if (rule === undefined) return [];
    const path = leak ? witnessOf(obligation, leak, ctx) : shortWitness(verdict, ctx);
    return this.once({ ...this.describe(obligation, rule.id, this.tierOf(verdict, rule.id, trace)), ...rangeOf(obligation.site.call), message: rule.message(given), path });
  }

  private misuses(obligation: Obligation): Finding[] {
    return MISUSE_RULES.flatMap((rule) => {
      return obligation.effects.effects.flatMap((effect) => {
        const message = rule.message(effect, obligation, this.ctx);
        if (message === undefined || effect.call === undefined) return [];
        const doubts = (obligation.site.certainty === 'guess' ? 1 : 0) + (this.options.test ? 1 : 0);
        const tier = lower(RULES[rule.id].tier, doubts);
        const path = [{ ...rangeOf(obligation.site.call), message: `${subjectOf(obligation)} is acquired` }];
        return this.once({ ...this.describe(obligation, rule.id, tier), ...rangeOf(effect.call), message, path });
      });
    });
  }

  private describe(obligation: Obligation, rule: RuleId, tier: Tier): Pick<Finding, 'rule' | 'tier' | 'resource' | 'family' | 'acquire'> {
    const { resource, call } = obligation.site;
    return { rule, tier, resource: resource.noun, family: resource.family, acquire: rangeOf(call) };
  }

  /** What a code rule says, as a finding. */
  findingOf(rule: RuleId, { start, end, message, tier, resource, family, acquire, path }: Report): Finding[] {
    const most = lower(least(tier ?? 'definite', RULES[rule].tier), this.options.test ? 1 : 0);
    return this.once({ rule, tier: most, message, resource, family, start, end, acquire: acquire ?? { start, end }, path: path ?? [] });
  }

  /** The least of what the evidence, the rule, the model and the kind of code allow. */
  private tierOf({ tier, obligation, released }: Verdict, rule: RuleId, trace: JudgementTrace | undefined): Tier {
    const { site, input } = obligation;
    const doubts: Doubt[] = [];
    if (site.certainty === 'guess') doubts.push('guessed');
    if (this.options.test && !released && site.modules.length === 0 && site.certainty === 'proof') doubts.push('under-test');
    if (site.resource.family !== 'temporary' && isEntryPoint(obligation, this.ctx)) doubts.push('entry-point');
    const bounds: Lowering[] = [];
    const bound = (because: Doubt, to: Tier): Tier => {
      if (to !== 'definite') bounds.push({ because, to });
      return to;
    };
    const most = least(lower(tier, doubts.length), bound('model-limit', site.resource.atMost ?? 'definite'), bound('rule-limit', RULES[rule].tier), bound('truncated', input.graph.truncated ? 'hint' : 'definite'));
    trace?.lowered.push(...doubts.map((because) => ({ because })), ...bounds, ...(this.options.test ? [{ because: 'test' } as const] : []));
    return lower(most, this.options.test ? 1 : 0);
  }

  private once(finding: Finding): Finding[] {
    const key = `${finding.rule}:${String(finding.start)}:${String(finding.end)}`;
    if (this.reported.has(key)) return [];
    this.reported.add(key);
    return [finding];
  }
}

/** A function that only the module itself runs, once: what it loses outside of loops goes with the process soon after. */
function isEntryPoint({ root, site }: Obligation, ctx: Context): boolean {
  if (!isFunction(root) || enclosingLoop(site.call) !== undefined) return false;
  if (root.type !== T.FunctionDeclaration) return isCalledByModule(root);
  const variable = root.id ? ctx.bindings.variableOf(root.id) : undefined;
  const uses = variable?.references.filter((reference) => reference.isRead()) ?? [];
  const exported = root.parent.type === T.ExportNamedDeclaration || root.parent.type === T.ExportDefaultDeclaration;
  return uses.length > 0 && !exported && uses.every((use) => isCalledByModule(use.identifier));
}

/** `main()`, `main().catch(...)`, `await main()`, `(async () => {...})()` as a statement of the module. */
function isCalledByModule(callee: TSESTree.Node): boolean {
  const call = callee.parent;
  if (call?.type !== T.CallExpression || call.callee !== callee) return false;
  let at: TSESTree.Node | undefined = call;
  while (at !== undefined && at.type !== T.ExpressionStatement && !isFunction(at)) at = at.parent;
  return at?.type === T.ExpressionStatement && outermost(at);
}

function outermost(statement: TSESTree.Node): boolean {
  for (let at = statement.parent; at !== undefined; at = at.parent) if (isFunction(at)) return false;
  return true;
}

function shortWitness({ fate, obligation }: Verdict, ctx: Context): Step[] {
  const { call, resource } = obligation.site;
  const steps: Step[] = [{ ...rangeOf(call), message: `the ${resource.noun} is acquired` }];
  switch (fate.kind) {
    case 'dropped':
    case 'not-awaited':
      if (fate.used) steps.push({ ...rangeOf(fate.used), message: `used here, and lost` });
      else steps.push({ ...rangeOf(call.parent), message: 'and thrown away' });
      break;
    case 'concurrent':
      steps.push({ ...rangeOf(fate.combinator), message: `\`${ctx.excerpt(fate.combinator)}\` rejects as soon as one element does, and does not give the others` });
      break;
    case 'race':
      steps.push({ ...rangeOf(fate.combinator), message: `\`${ctx.excerpt(fate.combinator)}\` goes on with the winner alone` });
      break;
    case 'leak':
  }
  return steps;
}

function rangeOf(node: TSESTree.Node): Range {
  return { start: node.range[0], end: node.range[1] };
}

const MISUSES: ReadonlySet<RuleId> = new Set(MISUSE_RULES.map(({ id }) => id));

/**
 * Of what several rules say of one acquire only the first in the order of precedence stays. `found` are the findings on obligations,
 * `byAcquire` those of code rules that name an acquire. A release done wrongly is a matter of its own.
 */
export function settlePrecedence(found: readonly Finding[], byAcquire: readonly Finding[]): Finding[] {
  const first = new Map<string, Finding>();
  for (const finding of [...found, ...byAcquire]) {
    if (MISUSES.has(finding.rule)) continue;
    const key = `${String(finding.acquire.start)}:${String(finding.acquire.end)}`;
    const rival = first.get(key);
    if (rival === undefined || RULE_IDS.indexOf(finding.rule) < RULE_IDS.indexOf(rival.rule)) first.set(key, finding);
  }
  return [...found.filter(({ rule }) => MISUSES.has(rule)), ...first.values()];
}
