import type { MutationSite } from './sites';

/** Lets so many sites of each resource through from each origin, so that no repository and no library makes up the figure. */
export class Quota {
  readonly #taken = new Map<string, number>();

  constructor(private readonly limit: number) {}

  admits({ source, resource }: Pick<MutationSite, 'source' | 'resource'>): boolean {
    const key = `${source.origin}:${resource}`;
    const taken = this.#taken.get(key) ?? 0;
    this.#taken.set(key, taken + 1);
    return taken < this.limit;
  }
}

/** At most so many sites of each resource, spread evenly over origins and files. */
export function limitEach<S extends Pick<MutationSite, 'source' | 'resource'>>(sites: readonly S[], limit: number): S[] {
  const resources = new Set(sites.map(({ resource }) => resource));
  const kept = new Set([...resources].flatMap((resource) => spread(sites.filter((site) => site.resource === resource), limit)));
  return sites.filter((site) => kept.has(site));
}

/** At most so many sites, spread evenly: the first of each file, origin by origin in turn, then the second of each. */
export function spread<S extends Pick<MutationSite, 'source'>>(sites: readonly S[], limit: number): S[] {
  const ranks = new Map<S, readonly [number, number]>();
  const perFile = new Map<string, number>();
  const perRound = new Map<string, number>();
  for (const site of sites) {
    const round = perFile.get(site.source.path) ?? 0;
    perFile.set(site.source.path, round + 1);
    const turnKey = `${site.source.origin}:${String(round)}`;
    const turn = perRound.get(turnKey) ?? 0;
    perRound.set(turnKey, turn + 1);
    ranks.set(site, [round, turn]);
  }
  const rankOf = (site: S): readonly [number, number] => ranks.get(site) ?? [0, 0];
  const order = new Map(sites.map((site, index) => [site, index]));
  return [...sites]
    .sort((one, other) => rankOf(one)[0] - rankOf(other)[0] || rankOf(one)[1] - rankOf(other)[1] || (order.get(one) ?? 0) - (order.get(other) ?? 0))
    .slice(0, limit)
    .sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
}
