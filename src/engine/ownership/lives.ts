import { collectEffects } from './collect';
import type { Context } from './context';
import type { Life } from './afterRelease';
import type { Obligation } from './obligation';
import { IN_FLIGHT, placeOfVariable } from './place';
import { scopedBy } from './scoped';

/** Where in its function the resource of an obligation is held, also while `using` holds it; undefined where that can't be followed. */
export function lifeOf(obligation: Obligation, ctx: Context): Life | undefined {
  const { site, root, input, landings, unawaited } = obligation;
  if (unawaited || site.certainty !== 'proof') return undefined;
  const [landing] = landings;
  if (landing?.to === 'variable' && landing.using) {
    const scoped = scopedBy(landing.at, ctx);
    if (scoped === undefined) return undefined;
    const place = placeOfVariable(scoped.variable, [], ctx.bindings);
    const effects = collectEffects(root, { places: [place], flights: [], path: [] }, site, ctx);
    const starts = new Set(input.graph.nodesOf(scoped.declarator).filter((node) => node.kind === 'assign'));
    return { site, root, graph: input.graph, effects, starts, places: [place.key] };
  }
  if (site.resource.holds) {
    // It may be closed before anything was put into it.
    const starts = new Set(input.graph.nodesOf(site.call).filter((node) => node.kind === 'call'));
    return { site, root, graph: input.graph, effects: obligation.effects, starts, places: [IN_FLIGHT] };
  }
  return { site, root, graph: input.graph, effects: obligation.effects, starts: input.starts, places: input.places };
}
