import type { Tier } from '../../../src/engine/findings';
import type { Label, Site } from './labels';

/** A finding as scoring reads it: `line` is the acquire's, from 1. */
export interface SiteFinding {
  readonly line: number;
  readonly tier: Tier;
  readonly rule: string;
  readonly message: string;
}

export interface ScoredSite {
  readonly site: Site;
  /** Those at the labelled acquire. */
  readonly hits: readonly SiteFinding[];
  /** The surest of them. */
  readonly tier: Tier | undefined;
}

/** Resources whose rules come with a later step: they are counted, but not against this one. */
const LATER_RESOURCES: ReadonlySet<string> = new Set(['event-listener', 'subscription', 'timer', 'disposable', 'observer', 'abort-listener', 'object-url']);
const KINDS_IN_SCOPE: ReadonlySet<string> = new Set(['never', 'exception-path', 'early-return', 'overwritten', 'partial']);

export function isInScope({ leakKind, resource }: Label): boolean {
  return leakKind !== undefined && KINDS_IN_SCOPE.has(leakKind) && !LATER_RESOURCES.has(resource);
}

/** A finding belongs to a site when its acquire lies from the line above the labelled one to four lines below. */
export function scoreSite(site: Site, findings: readonly SiteFinding[]): ScoredSite {
  const hits = findings.filter(({ line }) => line >= site.line - 1 && line <= site.line + 4);
  const tier = (['definite', 'potential', 'hint'] as const).find((one) => hits.some((hit) => hit.tier === one));
  return { site, hits, tier };
}

/** Definite or potential: what a person sees without asking for hints. */
export function isShown({ tier }: ScoredSite): boolean {
  return tier === 'definite' || tier === 'potential';
}
