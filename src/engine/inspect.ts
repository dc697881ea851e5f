import type { TSESTree } from '@typescript-eslint/types';
import type { AnalyseOptions, SourceModule } from './analyse';
import { analyse } from './analyse';
import type { Answers, Query } from './facts';
import type { Finding, Range } from './findings';
import type { Context } from './ownership/context';
import type { Effect } from './ownership/effect';
import type { Landing } from './ownership/landing';
import { landingsOf } from './ownership/landing';
import type { Obligation } from './ownership/obligation';
import { mentionsOf } from './ownership/place';
import { argumentRelease, indirectRelease, methodRelease } from './ownership/releases';
import type { AcquireSite } from './ownership/site';
import { treatArgument } from './ownership/treatment';
import type { Family, Lifetime } from './resources/model';
import type { CallNode } from './syntax/nodes';
import { rootOf, within } from './syntax/nodes';
import { walk } from './syntax/visit';

/** One thing that a function does to a resource, as data. */
export interface InspectedEffect extends Range {
  readonly kind: Effect['kind'];
  readonly how?: Effect['how'];
  /** The call that does it, where one does: what is called, in the code's own words. */
  readonly callee?: string;
}

/** An obligation as the engine sees it: what is acquired, by which function, and all that this function does about it. */
export interface InspectedObligation {
  readonly acquire: Range;
  /** The function (or module) that owes the release. */
  readonly owner: Range;
  readonly ownerKind: TSESTree.AST_NODE_TYPES;
  /** The resource model's id. */
  readonly model: string;
  readonly noun: string;
  readonly family: Family;
  readonly lifetime: Lifetime;
  readonly holder: AcquireSite['holder']['in'];
  readonly certainty: AcquireSite['certainty'];
  /** A function of the same file acquires inside, and the call gives what that one acquired. */
  readonly throughOwnFunction: boolean;
  /** What the owner's own code does. */
  readonly effects: readonly InspectedEffect[];
  /** Calls that release, in the owner's own code. */
  readonly releases: readonly Range[];
  /** Of those, calls that release what it belongs to, and it with that: closing a browser closes its pages. */
  readonly incidental: readonly Range[];
  /** Calls that release, in functions inside of the owner. */
  readonly nestedReleases: readonly Range[];
  readonly findings: readonly Finding[];
}

export interface Inspection {
  readonly obligations: readonly InspectedObligation[];
  readonly findings: readonly Finding[];
}

/** As `analyse`, with the obligations that the findings come from, also those that are met. */
export function* inspect(module: SourceModule, options: AnalyseOptions = {}): Generator<readonly Query[], Inspection, Answers> {
  const obligations: InspectedObligation[] = [];
  const findings = yield* analyse(module, {
    ...options,
    onObligation: (obligation, found, ctx, trace) => {
      obligations.push(describe(obligation, found, ctx));
      options.onObligation?.(obligation, found, ctx, trace);
    },
  });
  return { obligations, findings };
}

function describe(obligation: Obligation, findings: readonly Finding[], ctx: Context): InspectedObligation {
  const { site, root, effects } = obligation;
  const { resource } = site;
  const releases = effects.effects.flatMap((effect) => (effect.kind === 'release' && effect.call ? [effect.call] : []));
  return {
    acquire: rangeOf(site.call),
    owner: rangeOf(root),
    ownerKind: root.type,
    model: resource.id,
    noun: resource.noun,
    family: resource.family,
    lifetime: site.lifetime,
    holder: site.holder.in,
    certainty: site.certainty,
    throughOwnFunction: site.through !== undefined,
    effects: effects.effects.map((effect) => describeEffect(effect, ctx)),
    releases: inOrder(releases),
    incidental: inOrder(effects.effects.flatMap((effect) => (effect.kind === 'release' && effect.call && effect.release?.incidental ? [effect.call] : []))),
    nestedReleases: inOrder(nestedReleases(obligation, ctx)),
    findings,
  };
}

function describeEffect({ kind, how, at, call }: Effect, ctx: Context): InspectedEffect {
  return { ...rangeOf(at), kind, ...(how === undefined ? {} : { how }), ...(call === undefined ? {} : { callee: ctx.excerpt(call.callee) }) };
}

/** The releases that functions inside of the owner perform when they run; what becomes of those functions is not asked. */
function nestedReleases({ effects, root, site }: Obligation, ctx: Context): CallNode[] {
  const isNested = (node: TSESTree.Node): boolean => rootOf(node) !== root && within(node, root);
  const direct = effects.places.flatMap((place) =>
    mentionsOf(place, root)
      .filter((mention) => !mention.write && isNested(mention.node))
      .flatMap((mention) => landingsOf(mention.node, mention.rest).flatMap((landing) => releasingCall(landing, site, ctx) ?? [])),
  );
  const indirect: CallNode[] = [];
  if (site.resource.releases.some((release) => release.on === 'receiver' || release.key !== undefined)) {
    walk(root, (node) => {
      if (node.type === 'CallExpression' && isNested(node) && indirectRelease(node, site, ctx)) indirect.push(node);
    });
  }
  return [...direct, ...indirect];
}

function releasingCall(landing: Landing, site: AcquireSite, ctx: Context): CallNode | undefined {
  switch (landing.to) {
    case 'method':
      return methodRelease(landing.name, landing.call, site) && landing.call;
    case 'called':
      return site.resource.releases.some((release) => release.call) ? landing.call : undefined;
    case 'argument': {
      if (landing.path.length > 0 || landing.index < 0) return undefined;
      const releases = argumentRelease(landing.call, landing.index, undefined, site, ctx) ?? treatArgument(landing.call, landing.index, [], site, ctx) === 'release';
      return releases === false ? undefined : landing.call;
    }
    default:
      return undefined;
  }
}

function rangeOf(node: TSESTree.Node): Range {
  return { start: node.range[0], end: node.range[1] };
}

function inOrder(calls: readonly CallNode[]): Range[] {
  return [...new Set(calls)].map(rangeOf).sort((one, other) => one.start - other.start || one.end - other.end);
}
