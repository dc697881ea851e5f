import type { Tier } from '../engine/findings';
import type { Family } from '../engine/resources/model';
import { RULES, type RuleId } from '../engine/rules/registry';
import { keysOf } from './shape/values';

/** How loudly a finding is said, from most to least. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';
/** A severity, or silence. */
export type Level = Severity | 'off';

export const LEVELS = {
  error: 'Shown as an error.',
  warning: 'Shown as a warning.',
  information: 'Shown as information.',
  hint: 'Shown as a hint: faintly in an editor, on the command line with --hints.',
  off: 'Not shown and not counted.',
} as const satisfies Record<Level, string>;

export const TIER_SUMMARIES = {
  definite: 'A path whose steps are certain or likely, every use of the resource on it understood.',
  potential: 'An unknown use or an unlikely step on the path, and evidence that this code owns the resource.',
  hint: 'Correct code that could be a scope, or a matter of style.',
} as const satisfies Record<Tier, string>;

export const FAMILIES = {
  file: 'Open files: descriptors, file handles, directories.',
  stream: 'Streams and what reads or writes them.',
  connection: 'Connections and clients: databases, HTTP, brokers.',
  transaction: 'Transactions, which are committed or rolled back.',
  lock: 'Locks, mutexes and semaphores.',
  pool: 'Pools of connections or threads.',
  socket: 'Sockets.',
  server: 'Servers that listen.',
  process: 'Child processes.',
  worker: 'Worker threads.',
  timer: 'Timers and intervals.',
  watcher: 'Watchers and observers.',
  temporary: 'Temporary files and directories.',
  listener: 'Listeners and subscriptions.',
  disposable: 'Other values that carry Symbol.dispose or Symbol.asyncDispose.',
} as const satisfies Record<Family, string>;

/** What is said of suppressions rather than of resources. These stand beside the rules wherever a severity is set. */
const NOTICES = {
  'unused-suppression': 'A suppression comment suppresses nothing.',
  'invalid-suppression': 'A suppression comment names an unknown rule, or cannot be understood.',
  'unexplained-suppression': 'A suppression comment gives no reason.',
} as const;
export type NoticeId = keyof typeof NOTICES;

/** Everything that can be reported, by id, with a line of explanation. */
export const REPORTABLE = { ...NOTICES, ...summarise() };

/** Severities by what a finding is; the more special wins: rule, then family, then tier. */
export interface Severities {
  readonly rules?: Readonly<Partial<Record<RuleId | NoticeId, Level>>>;
  readonly families?: Readonly<Partial<Record<Family, Level>>>;
  readonly tiers?: Readonly<Partial<Record<Tier, Level>>>;
}

const BY_TIER: Readonly<Record<Tier, Level>> = { definite: 'warning', potential: 'information', hint: 'hint' };
const BY_NOTICE: Readonly<Record<NoticeId, Level>> = {
  'unused-suppression': 'information',
  'invalid-suppression': 'warning',
  'unexplained-suppression': 'hint',
};

/** The level of what the engine found. */
export function levelOf(finding: { readonly rule: RuleId; readonly family: Family; readonly tier: Tier }, severities: Severities): Level {
  return severities.rules?.[finding.rule] ?? severities.families?.[finding.family] ?? severities.tiers?.[finding.tier] ?? BY_TIER[finding.tier];
}

/** The level of what is said of a suppression. Families and tiers do not touch it. */
export function levelOfNotice(notice: NoticeId, severities: Severities): Level {
  return severities.rules?.[notice] ?? BY_NOTICE[notice];
}

/** The rules' one-line summaries by id. */
function summarise(): Record<RuleId, string> {
  const summaries: Partial<Record<RuleId, string>> = {};
  for (const rule of keysOf(RULES)) summaries[rule] = RULES[rule].summary;
  const complete = (table: Partial<Record<RuleId, string>>): table is Record<RuleId, string> => keysOf(RULES).every((rule) => Object.hasOwn(table, rule));
  if (!complete(summaries)) throw new Error('a rule has no summary');
  return summaries;
}
