import { major, minVersion, satisfies } from 'semver';
import type { CallFact } from '../../facts';
import type { AdmittedVersions, Disposal } from '../../resources/disposableSince';
import { surelyDisposable, versionsSince } from '../../resources/disposableSince';
import type { ResourceModel } from '../../resources/model';
import type { ResourceCase } from '../case';
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
export function nativeScopeOf(given: ResourceCase, { holding, release, handOvers, old }: Scoping): NativeScope | undefined {
  const { ability, obligation: { site }, ctx } = given;
  if (!ability.using || holding.form === 'beside' || handOvers.length > 0 || site.holder.in !== 'result') return undefined;
  const symbol = symbolOf(site.resource, ctx.callFact(site.call), given);
  if (symbol === undefined) return undefined;
  if (!releasesLike(site.resource, old.all.length > 0 ? release.method : undefined)) return undefined;
  const keyword = symbol.has === 'dispose' || (symbol.has === 'both' && !release.async) ? 'using' : 'await using';
  return { keyword, ...(symbol.caution === undefined ? {} : { caution: symbol.caution }) };
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
  if (admittedLinesHave(disposable.since, ability.versions, FIRST_SUPPORTED)) return { has };
  return admittedLinesHave(disposable.since, ability.versions, LATEST) ? { has, caution: `Not every version that the project admits has the symbol: it came with ${disposable.since}.` } : undefined;
}

function symbolsOf({ result }: CallFact): Disposal | 'none' {
  if (result.dispose) return result.asyncDispose ? 'both' : 'dispose';
  return result.asyncDispose ? 'asyncDispose' : 'none';
}

/** The first release of each line of Node that had long support: those before it are not what somebody means who names the line. */
const FIRST_SUPPORTED = ['18.12.0', '20.9.0', '22.11.0', '24.11.0', '26.10.0'];

/** Whatever the latest releases of those lines are. */
const LATEST = FIRST_SUPPORTED.map((version) => `${String(major(version))}.999.0`);

/** Every one of the releases of Node that the project admits has it. */
function admittedLinesHave(since: string, { node }: AdmittedVersions, releases: readonly string[]): boolean {
  const { name, range } = versionsSince(since);
  if (name !== 'node' || node === undefined) return false;
  const admitted = releases.filter((version) => satisfies(version, node));
  return admitted.length > 0 && admitted.every((version) => satisfies(version, range)) && !namesMinor(node, range);
}

/** The lowest version is no line's first, and lacks it: that one is meant. */
function namesMinor(node: string, range: string): boolean {
  const lowest = minVersion(node);
  return lowest !== null && (lowest.minor > 0 || lowest.patch > 0) && !satisfies(lowest, range);
}
