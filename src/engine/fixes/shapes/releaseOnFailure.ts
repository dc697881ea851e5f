import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction, receiverOf, within } from '../../syntax/nodes';
import type { Draft, FixMaker, ResourceCase } from '../case';
import { ofResource } from '../case';
import { freeName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { closeGap, endOfLineOf, statementsOf } from '../edit/statements';
import type { Holding } from '../scope/holding';
import { canAwait, holdingOf } from '../scope/holding';
import type { ReleaseCode } from '../scope/releaseCode';
import { modelRelease } from '../scope/releaseCode';
import { namesBeyond, onlyCompute } from '../scope/transaction';

/**
 * What comes before the resource is released or handed on goes into a `try`, whose `catch` releases it and throws again. All else stays: where the
 * code ends the resource in a way of its own, gives it to somebody who does, or has it from its caller at times.
 */
export const makeReleaseOnFailure: FixMaker = ofResource((given): Draft[] => {
  const holding = holdingOf(given);
  if (holding === undefined || holding.form === 'assigned' || holding.list.type === T.Program || holding.list.type === T.SwitchCase) return [];
  if (holding.among !== undefined && !onlyCompute(holding.among.after)) return [];
  const { source, ctx } = given;
  const region = regionOf(holding, given);
  const [first] = region;
  const last = region.at(-1);
  const release = releaseOf(holding, given);
  if (first === undefined || last === undefined || release === undefined || (release.async && !canAwait(given)) || !source.beginsLine(first.range[0])) return [];
  const plan = new Plan();
  release.imported?.apply(plan);
  const outer = source.breakAt(holding.statement.range[0]);
  const inner = `${outer}${source.unit}`;
  const start = endOfLineOf(holding.statement, source);
  const end = endOfLineOf(last, source);
  if (outer === ' ') return [];
  const error = seen('error', holding.statement, given) ? freeName('error', ctx.bindings, holding.statement) : 'error';
  const call = `${holding.ownIf === undefined ? '' : `if (${holding.ownIf}) `}${release.async ? 'await ' : ''}${release.write(holding.expression)}${source.semi}`;
  plan.insert(start, `${outer}try {`);
  closeGap(plan, start, source);
  plan.indent(source.indentableLines({ start: source.nextLine(start), end }), source.unit);
  plan.insert(end, `${outer}} catch (${error}) {${inner}${call}${inner}throw ${error}${source.semi}${outer}}`);
  const taken = given.obligation.effects.effects.find(({ kind, at, lent }) => kind === 'unknown' && lent !== true && region.some((one) => within(at, one)));
  const cautions = [
    ...(taken ? [`\`${ctx.excerpt(taken.at, 40)}\` may keep the resource.`] : []),
    ...(given.obligation.site.resource.family === 'transaction' ? ['Who calls it may roll back, too, when it fails.'] : []),
  ];
  return [{ title: `Release \`${holding.expression === '' ? given.finding.resource : holding.expression}\` when something fails before it is handed on: try/catch`, plan, cautions }];
});

/** The name means something where the node stands. */
function seen(name: string, node: TSESTree.Node, { ctx }: ResourceCase): boolean {
  return ctx.bindings.scopes.scopes.some((scope) => within(node, scope.block) && (scope.set.get(name)?.defs.length ?? 0) > 0);
}

/** From behind the acquire to where it is released or handed on; none where the error that is told of comes later. */
function regionOf(holding: Holding, given: ResourceCase): readonly TSESTree.Node[] {
  const { finding, obligation: { effects: { effects } } } = given;
  if (effects.some(({ kind }) => kind === 'wrong' || kind === 'lend')) return [];
  const all = statementsOf(holding.list);
  const behind = all.slice(all.indexOf(holding.statement) + 1);
  // Who gets it and is asked for nothing more may release it; what comes back from there was lent.
  const ends = effects.filter(({ kind, at, release, lent }) => kind === 'transfer' || kind === 'fulfilled' || (kind === 'unknown' && lent !== true && isReturned(at)) || (kind === 'release' && release?.incidental !== true));
  const to = behind.findIndex((one) => ends.some(({ at, call }) => within(call ?? at, one)));
  const before = to === -1 ? behind : behind.slice(0, to);
  const failing = before.findIndex(({ range }) => finding.path.slice(1).some(({ start, end }) => start >= range[0] && end <= range[1]));
  if (failing === -1 || to === -1) return [];
  // What only computes can't fail, and may declare what comes later.
  for (let end = before.length; end > failing && onlyCompute(before.slice(end)); end--) {
    const region = before.slice(0, end);
    if (!namesBeyond(region, holding.list, given)) return region;
  }
  return [];
}

/** What it gives is returned. */
function isReturned(node: TSESTree.Node): boolean {
  for (let at: TSESTree.Node | undefined = node; at !== undefined && !isFunction(at); at = at.parent) if (at.type === T.ReturnStatement) return true;
  return false;
}

/** After a failure: streams and sockets are destroyed, a transaction that the caller would get is rolled back. */
function releaseOf(holding: Holding, given: ResourceCase): ReleaseCode | undefined {
  const { site: { resource, call } } = given.obligation;
  if (resource.family === 'transaction') {
    const back = resource.releases.find(({ method, argument, function: named }) => /^(?:rollback|abort)/.test(method ?? '') && argument === undefined && named === undefined);
    const receiver = receiverOf(call);
    if (back?.method === undefined || (back.on === 'receiver' && receiver === undefined)) return undefined;
    return { write: (transaction) => `${transaction}.${back.method ?? ''}()`, async: back.async ?? true, givesNothing: false, method: back.method, handled: false };
  }
  const destroys = (resource.family === 'stream' || resource.family === 'socket') && resource.releases.some(({ method, when }) => method === 'destroy' && when === undefined);
  return destroys ? { write: (stream) => `${stream}.destroy()`, async: false, givesNothing: false, method: 'destroy', handled: false } : modelRelease(given, holding);
}
