import type { FlowEdgeKind, FlowNode } from './graph';

/** An edge whose target is not there yet. */
export interface Dangling {
  readonly from: FlowNode;
  readonly kind: FlowEdgeKind;
}

/** Joins two lists, of which neither may be used afterwards: the longer one grows, so that long chains stay linear. */
export function addAll(some: Dangling[], others: Dangling[]): Dangling[] {
  const [longer, shorter] = some.length >= others.length ? [some, others] : [others, some];
  for (const edge of shorter) longer.push(edge);
  return longer;
}
