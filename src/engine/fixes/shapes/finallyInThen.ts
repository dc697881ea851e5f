import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction, within } from '../../syntax/nodes';
import type { Draft, FixMaker, ResourceCase } from '../case';
import { ofResource } from '../case';
import { Plan } from '../edit/plan';
import { endOfLineOf } from '../edit/statements';
import { tidy } from '../scope/declare';
import type { Holding } from '../scope/holding';
import { canAwait } from '../scope/holding';
import { oldReleasesOf } from '../scope/oldReleases';
import { releaseCodeOf } from '../scope/releaseCode';
import { promisesReturned } from '../scope/returned';
import { cautionsOf } from '../scope/scoping';

/** `pool.connect().then(async (client) => { ...; client.release(); })` -> what the callback does goes into a `try`, the release into its `finally`. */
export const makeFinallyInThen: FixMaker = ofResource((given): Draft[] => {
  const { source, obligation: { effects: { effects } } } = given;
  const holding = parameterOf(given);
  if (holding === undefined || effects.some(({ kind }) => kind === 'transfer' || kind === 'lend' || kind === 'wrong' || kind === 'fulfilled')) return [];
  const old = oldReleasesOf(given);
  const release = old && old.all.length > 0 ? releaseCodeOf(given, holding, old) : undefined;
  if (old === undefined || release === undefined || (release.async && !canAwait(given))) return [];
  const promises = promisesReturned(given, holding).filter((argument) => !old.all.some(({ expression }) => within(expression, argument)));
  const { list } = holding;
  const all = list.type === T.BlockStatement ? list.body : [];
  const [first] = all;
  const last = all.at(-1);
  if (first === undefined || last === undefined || (promises.length > 0 && !canAwait(given)) || all.every((one) => old.removal.statements.has(one))) return [];
  const [start, close] = [list.range[0] + 1, list.range[1] - 1];
  if (!source.endsLine(start) || !source.beginsLine(first.range[0]) || !source.beginsLine(close)) return [];
  const outer = `${source.newline}${source.indentAt(first.range[0])}`;
  const end = endOfLineOf(last, source);
  const call = `${release.async ? 'await ' : ''}${release.write(holding.expression)}${source.semi}`;
  const plan = new Plan();
  plan.insert(start, `${outer}try {`);
  plan.indent(source.indentableLines({ start: source.nextLine(start), end }), source.unit);
  plan.insert(end, `${outer}} finally {${outer}${source.unit}${call}${outer}}`);
  const scoping = { holding, old, release, handOvers: [], promises };
  tidy(plan, scoping, given, false);
  return [{ title: `Release \`${holding.expression}\` by try/finally`, plan, cautions: cautionsOf(given, scoping) }];
});

/** The parameter that the callback of `then` gets the resource by, which nothing else writes. */
function parameterOf({ obligation, ctx }: ResourceCase): Holding | undefined {
  const { root, site, effects: { places: [place, ...more] } } = obligation;
  if (place === undefined || more.length > 0 || place.path.length > 0 || place.variable === 'this' || !isFunction(root) || site.holder.in !== 'result' || within(site.call, root)) return undefined;
  const { variable } = place;
  const [first] = root.body?.type === T.BlockStatement ? root.body.body : [];
  const isParameter = root.params.some((parameter: TSESTree.Node) => variable.identifiers.some((identifier) => identifier === parameter));
  if (!isParameter || root.body?.type !== T.BlockStatement || first === undefined || ctx.bindings.writesOf(variable).length > 0) return undefined;
  return { form: 'beside', statement: first, list: root.body, expression: variable.name, variable, mayBeAbsent: false };
}
