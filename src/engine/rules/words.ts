import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import type { Obligation } from '../ownership/obligation';
import { lastNameOf } from '../resources/lookup';
import { calleeName } from '../syntax/nodes';
import type { AcquireSite } from '../ownership/site';

/** Past participles of releases, by the first word of the releasing function. */
const PARTICIPLES: Readonly<Record<string, string>> = {
  close: 'closed',
  end: 'ended',
  destroy: 'destroyed',
  dispose: 'disposed of',
  clear: 'cleared',
  rm: 'removed',
  rmdir: 'removed',
  unlink: 'removed',
  remove: 'removed',
  rimraf: 'removed',
  unlock: 'unlocked',
  terminate: 'terminated',
  kill: 'killed',
  disconnect: 'disconnected',
  quit: 'closed',
  drain: 'drained',
  shutdown: 'shut down',
  try: 'shut down',
  stop: 'stopped',
  unsubscribe: 'unsubscribed',
  abort: 'aborted',
  disable: 'disabled',
  deregister: 'deregistered',
  revoke: 'revoked',
  cancel: 'cancelled',
  commit: 'committed or rolled back',
  query: 'committed or rolled back',
};

/** `closed`, `released`, `removed`: what should have happened to the resource. */
export function participleOf(site: AcquireSite): string {
  if (site.resource.family === 'transaction') return 'committed or rolled back';
  if (site.resource.family === 'temporary') return 'removed';
  for (const release of site.resource.releases) {
    const name = release.method ?? release.each?.method ?? (release.function === undefined ? undefined : lastNameOf(release.function));
    if (name === undefined || name.startsWith('Symbol')) continue;
    const verb = /^[a-z]+/.exec(name)?.[0] ?? '';
    return PARTICIPLES[verb] ?? 'released';
  }
  return 'released';
}

/** How the missing release is written, for the first thing that a person wants to know: `client.release()`. */
export function releaseText({ site, name }: Obligation): string | undefined {
  const [release] = site.resource.releases;
  if (release === undefined) return undefined;
  const held = name ?? '...';
  if (release.method?.startsWith('Symbol')) return undefined;
  if (release.method !== undefined && release.on === undefined) return site.resource.family === 'transaction' ? undefined : `${held}.${release.method}()`;
  if (release.function !== undefined) return `${lastNameOf(release.function.slice(release.function.lastIndexOf(':') + 1))}(${site.holder.in === 'nothing' ? '' : held})`;
  if (release.each !== undefined) return `${held}.${release.each.of}().forEach((one) => one.${release.each.method}())`;
  return release.call ? `${held}()` : undefined;
}

/** The resource as messages name it: its variable, or what it is. */
export function subjectOf({ name, site }: Obligation): string {
  if (site.resource.family === 'transaction' || site.holder.in !== 'result' && site.holder.in !== 'member' && site.holder.in !== 'callback') {
    return name === undefined ? `the ${site.resource.noun}` : `the ${site.resource.noun} of \`${name}\``;
  }
  return name === undefined ? `the ${site.resource.noun}` : `\`${name}\``;
}

/** `` `client.query(...)` on line 12 ``. */
export function placeText(node: TSESTree.Node, ctx: Context): string {
  return `\`${ctx.excerpt(node)}\` on line ${String(ctx.lineOf(node))}`;
}

/** What goes wrong there: a promise that is awaited, or chained on, rejects; anything else throws. */
export function failureOf(node: TSESTree.Node): 'rejects' | 'throws' {
  return node.type === T.AwaitExpression || (node.type === T.CallExpression && calleeName(node) === 'then') ? 'rejects' : 'throws';
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
