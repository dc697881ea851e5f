import type { CallFact } from '../../facts';
import type { Disposal } from '../../resources/disposableSince';
import { surelyDisposable } from '../../resources/disposableSince';
import type { ResourceModel } from '../../resources/model';
import type { ResourceCase } from '../case';
import { linesHave } from '../../resources/releaseLines';
import type { Scoping } from './scoping';

/** How a resource takes part in `using`. */
export interface NativeScope {
  readonly keyword: 'using' | 'await using';
  /** The lowest version that the project names may lack the symbol; its later ones have it. */
  readonly caution?: string;
}

/** Methods that do what the dispose symbol of a stream or socket does: `end` sends what is buffered, disposal throws it away. */
const DESTROYING: ReadonlySet<string> = new Set(['destroy', 'Symbol.dispose', 'Symbol.asyncDispose']);

/** The declaration that releases the resource; undefined when its type, or the oldest Node that it must run on, lacks the symbol. */
export function nativeScopeOf(given: ResourceCase, scoping: Scoping): NativeScope | undefined {
  const { holding, release, handOvers } = scoping;
  if (!given.ability.using || holding.form === 'beside' || handOvers.length > 0) return undefined;
  const symbol = ownSymbolOf(given, scoping);
  if (symbol === undefined) return undefined;
  const keyword = symbol.has === 'dispose' || (symbol.has === 'both' && !release.async) ? 'using' : 'await using';
  return { keyword, ...(symbol.caution === undefined ? {} : { caution: symbol.caution }) };
}

/** The symbol that the resource carries itself, if disposal does what its release did. */
export function ownSymbolOf(given: ResourceCase, { release, old }: Pick<Scoping, 'release' | 'old'>): { readonly has: Disposal; readonly caution?: string } | undefined {
  return symbolFor(given, old.all.length > 0 ? release.method : undefined);
}

/** The symbol that the resource carries itself, if disposal does what the code's own release did: `method`, absent where it has none. */
export function symbolFor(given: ResourceCase, method: string | undefined): { readonly has: Disposal; readonly caution?: string } | undefined {
  const { obligation: { site }, ctx } = given;
  if (site.holder.in !== 'result' || !releasesLike(site.resource, method)) return undefined;
  return symbolOf(site.resource, ctx.callFact(site.call), given);
}

/** Disposal does what the code's own release did. */
function releasesLike({ family, id }: ResourceModel, method: string | undefined): boolean {
  if (family !== 'stream' && family !== 'socket') return true;
  // What nobody ends may have more to write.
  return method === undefined ? /Read/.test(id) : DESTROYING.has(method);
}

function symbolOf(resource: ResourceModel, fact: CallFact | undefined, { ability }: ResourceCase): { has: Disposal; caution?: string } | undefined {
  const { disposable, family } = resource;
  const typed = fact === undefined || fact.result.opaque ? undefined : symbolsOf(fact);
  if (disposable === undefined) return family === 'disposable' && typed !== undefined && typed !== 'none' ? { has: typed } : undefined;
  // What the compiler does not see it does not let through.
  if (typed === 'none') return undefined;
  const has = typed === undefined || typed === 'both' ? disposable.symbol : typed;
  if (surelyDisposable(resource, ability.versions) !== undefined) return { has };
  const lines = linesHave(disposable.since, ability.versions);
  if (lines === 'all') return { has };
  return lines === 'latest' ? { has, caution: `Not every version that the project admits has the symbol: it came with ${disposable.since}.` } : undefined;
}

function symbolsOf({ result }: CallFact): Disposal | 'none' {
  if (result.dispose) return result.asyncDispose ? 'both' : 'dispose';
  return result.asyncDispose ? 'asyncDispose' : 'none';
}
