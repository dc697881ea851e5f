import type { Draft } from '../case';
import { ofResource } from '../case';
import { freeName, importName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { endOfLineOf } from '../edit/statements';
import { declareAs, tidy } from '../scope/declare';
import { canAwait } from '../scope/holding';
import { releaseArrow } from '../scope/releaseArrow';
import { onlyCompute } from '../scope/transaction';
import { cautionsOf, isNeededFree, scopingOf } from '../scope/scoping';

/** `await using _x = deferAsync(() => x.release());` behind the acquire, which stays as it is. */
export const makeAdapter = ofResource((given): Draft[] => {
  const { ability, source, ctx } = given;
  const scoping = ability.using ? scopingOf(given, { among: true }) : undefined;
  if (scoping === undefined || scoping.handOvers.length > 0 || (scoping.release.async && !canAwait(given)) || isNeededFree(given, scoping)) return [];
  const { holding, release } = scoping;
  if (holding.among !== undefined && !onlyCompute(holding.among.after)) return [];
  const keyword = release.async ? 'await using' : 'using';
  const imported = importName(release.async ? 'deferAsync' : 'defer', ability.runtime.specifier, source, ctx.bindings, ability);
  if (imported === undefined) return [];
  const name = freeName(`_${holding.variable?.name ?? 'release'}`, ctx.bindings, holding.statement);
  const plan = new Plan();
  imported.apply(plan);
  release.imported?.apply(plan);
  if (holding.form !== 'beside') declareAs(plan, 'const', holding, given);
  const line = `${keyword} ${name} = ${imported.local}(${releaseArrow(given, holding.expression, release, { parameter: undefined, strict: false })})${source.semi}`;
  plan.insert(endOfLineOf(holding.statement, source), `${source.breakAt(holding.statement.range[0])}${line}`);
  tidy(plan, scoping, given);
  return [{ title: `Release \`${holding.expression}\` at the end of its scope: \`${imported.local}\``, plan, cautions: cautionsOf(given, scoping), usesRuntime: true }];
});
