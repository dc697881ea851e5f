import type { Colors } from 'picocolors/types';
import type { Verdict } from '../../configuration/judge';
import type { LineIndex } from '../../configuration/lines';
import type { CallExplanation, ObligationExplanation, Owner } from '../../engine/explain/explanation';
import type { CallFact, SymbolRef, TypeRef } from '../../engine/facts';
import type { Finding, Range } from '../../engine/findings';
import type { FileExplanation } from '../../workspace/explain';
import { cleanLine } from './clean';

/** What is to be told of a place. */
export interface Telling {
  readonly file: string;
  readonly asked: { readonly line: number; readonly column?: number };
  readonly lines: LineIndex;
  readonly text: string;
  readonly explained: FileExplanation;
  /** Test code by its path. */
  readonly test: boolean;
  /** Why the configuration leaves the file out of checks, when it does. */
  readonly left: string | undefined;
  /** What was found there, and what suppressions and severities make of it: nothing, when they take it away. */
  readonly said: readonly { readonly finding: Finding; readonly verdict: Verdict | undefined }[];
}

/** The same as data: version 1. Ranges are lines and columns from 1, in UTF-16 units. */
export function describeTelling({ file, asked, lines, explained, left, said, test }: Telling): object {
  const { explanation, mentions, typed, notes } = explained;
  return {
    version: 1,
    file,
    ...asked,
    checked: { mentions, typed: typed !== undefined, ...typed, test, ...(left === undefined ? {} : { left }) },
    calls: placed(explanation.calls, lines),
    findings: said.map(({ finding, verdict }) => ({ ...asObject(placed(finding, lines)), said: verdict?.severity ?? 'off' })),
    notes,
  };
}

/** Offsets become lines and columns, however deep they lie. */
function placed(value: unknown, lines: LineIndex): unknown {
  if (Array.isArray(value)) return value.map((item) => placed(item, lines));
  if (typeof value !== 'object' || value === null) return value;
  const { start, end, ...rest }: { start?: unknown; end?: unknown } = value;
  const members = Object.fromEntries(Object.entries(rest).map(([name, member]) => [name, placed(member, lines)]));
  if (typeof start !== 'number' || typeof end !== 'number') return members;
  const last = lines.positionAt(end);
  return { ...lines.positionAt(start), endLine: last.line, endColumn: last.column, ...members };
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

/** What is known of the calls of a place, for people. */
export function printExplanation(telling: Telling, colors: Colors): string {
  const { file, asked, explained, left, said } = telling;
  const place = `${file}:${String(asked.line)}${asked.column === undefined ? '' : `:${String(asked.column)}`}`;
  const { calls } = explained.explanation;
  const head = [
    ...(left === undefined ? [] : [`${place}: a check leaves this file out: ${left}.`]),
    ...(explained.mentions ? [] : [`${place}: a check does not look into this file: it mentions no name that can acquire.`]),
    ...(calls.length === 0 ? [`${place}: there is no call ${asked.column === undefined ? 'on this line' : 'there'}.`] : []),
    ...explained.notes,
  ];
  const blocks = calls.map((call) => printCall(call, telling, colors));
  const found = said.map(({ finding, verdict }) => `${colors.cyan(finding.rule)} (${finding.tier}), ${verdict === undefined ? 'taken away by a suppression or a severity' : verdict.severity}: ${cleanLine(finding.message)}`);
  const end = found.length > 0 ? ['A check says here:', ...found.map((line) => `  ${line}`)] : ['A check says nothing here.'];
  return `${[...(head.length > 0 ? [head.map(cleanLine).join('\n')] : []), ...blocks, end.join('\n')].join('\n\n')}\n`;
}

function printCall(call: CallExplanation, telling: Telling, colors: Colors): string {
  const { lines, file, explained } = telling;
  const { line, column } = lines.positionAt(call.start);
  const { acquire } = call;
  const model = acquire.resource === undefined ? 'acquires nothing' : `acquires: ${acquire.resource.noun} (${acquire.resource.model}), by ${acquire.by ?? ''}`;
  const rows: Row[] = [
    ['stands in', ownerText(call.inside, lines)],
    ['callee', calleeText(call)],
    ['types', call.fact === undefined ? (explained.typed === undefined ? 'nobody was asked' : 'asked, and nobody knows') : factText(call.fact, call.callee.asked)],
    ['model', `${model}: ${acquire.because}`],
    ...passedOver(call).map((text): Row => ['', text]),
    ...call.deeds.map((deed): Row => ['does', `${deed.words}: ${deed.name}, acquired on line ${String(lines.positionAt(deed.acquire.start).line)}`]),
    ...call.obligations.flatMap((obligation) => obligationRows(obligation, lines)),
  ];
  const title = `${colors.bold(cleanLine(file))}:${String(line)}:${String(column)} ${colors.cyan(cleanLine(call.code))}`;
  return [title, ...rows.map(([name, text]) => `  ${colors.dim(name.padEnd(11))}${cleanLine(text)}`)].join('\n');
}

/** The most models that one line names. */
const MOST_MODELS = 8;

/** Models that acquire by a call of this name, those that one reason leaves out on one line. */
function passedOver({ acquire }: CallExplanation): readonly string[] {
  const reasons = new Map<string, Set<string>>();
  for (const { model, because } of acquire.passedOver) reasons.set(because, (reasons.get(because) ?? new Set()).add(model));
  return [...reasons].map(([because, models]) => {
    const named = [...models].slice(0, MOST_MODELS);
    return `not ${named.join(', ')}${models.size > named.length ? ` and ${String(models.size - named.length)} more` : ''}: ${because}`;
  });
}

type Row = readonly [title: string, text: string];

function obligationRows(obligation: ObligationExplanation, lines: LineIndex): Row[] {
  const at = (range: Range): string => `line ${String(lines.positionAt(range.start).line)}`;
  const { effects, searches, rules, lowered, tier, name } = obligation;
  return [
    ['obligation', `${name === undefined ? 'it' : `\`${name}\``} is owed by the ${ownerText(obligation.owner, lines)}; lifetime ${obligation.lifetime}; held by ${obligation.holder}`],
    ...titled('effects', effects.length === 0 ? ['none: nothing in that function releases it or hands it on'] : effects.map((effect) => `${at(effect)}: ${effect.words} (${effect.code})`)),
    ...titled('searches', searches.flatMap(({ assumes, words, tier: most, path }) => [`${assumes}: ${words}${path ? ` (${most})` : ''}`, ...(path ?? []).map((step) => `  ${at(step)}: ${step.message}`)])),
    ['verdict', obligation.verdict],
    ...(rules.length > 0 ? [['rule', `${rules[0] ?? ''} speaks${rules.length > 1 ? `; it comes before ${rules.slice(1).join(', ')}` : ''}`] as const] : []),
    ...(tier === undefined ? [] : [['tier', [tier, ...lowered].join('; ')] as const]),
  ];
}

function titled(title: string, texts: readonly string[]): Row[] {
  return texts.map((text, index) => [index === 0 ? title : '', text]);
}

function ownerText({ kind, name, start, end }: Owner, lines: LineIndex): string {
  if (kind === 'module') return 'module itself';
  return `${kind}${name === undefined ? '' : ` ${name}`} on lines ${String(lines.positionAt(start).line)}-${String(lines.positionAt(end).line)}`;
}

function calleeText({ callee: { known, names } }: CallExplanation): string {
  if (known === 'local') return 'something of this file';
  if (known === 'nobody') return 'unknown: neither imports and annotations nor types tell';
  return `${[...new Set(names.map(({ module, member }) => `${member} of ${module}`))].join(', or ')} (by ${known})`;
}

function factText({ callee, result, promise, fluent, never, parameters }: CallFact, asked: boolean): string {
  const parts = [
    ...(asked ? [] : ['asked for this explanation only']),
    callee === undefined ? 'the callee is of unknown type' : symbolText(callee),
    `gives ${promise ? 'a promise of ' : ''}${typeText(result)}`,
    ...(fluent ? ['which is its receiver again'] : []),
    ...(never ? ['never returns'] : []),
    ...(parameters.length > 0 ? [`takes ${parameters.map(typeText).join(', ')}`] : []),
  ];
  return parts.join('; ');
}

function symbolText({ name, container, package: from }: SymbolRef): string {
  return `${container === undefined ? '' : `${container}.`}${name} of ${from ?? 'the project'}`;
}

function typeText({ symbol, opaque, primitive, callable, dispose, asyncDispose, members }: TypeRef): string {
  if (opaque) return 'something of unknown type';
  if (primitive) return 'a primitive';
  const what = symbol === undefined ? (callable ? 'a function' : 'an object') : symbolText(symbol);
  const traits = [...(dispose ? ['Symbol.dispose'] : []), ...(asyncDispose ? ['Symbol.asyncDispose'] : []), ...members];
  return traits.length === 0 ? what : `${what} with ${traits.join(', ')}`;
}
