import type { Draft } from '../case';
import { ofResource } from '../case';
import { Plan } from '../edit/plan';
import { declareAs, tidy } from '../scope/declare';
import { canAwait } from '../scope/holding';
import { nativeScopeOf } from '../scope/native';
import { cautionsOf, isNeededFree, scopingOf } from '../scope/scoping';

/** `const fh = await open(p)` -> `await using fh = await open(p)`, for what really has the symbol. */
export const makeUsing = ofResource((given): Draft[] => {
  const scoping = scopingOf(given, { among: true });
  const native = scoping && nativeScopeOf(given, scoping);
  if (scoping === undefined || native === undefined || (native.keyword === 'await using' && !canAwait(given)) || isNeededFree(given, scoping)) return [];
  const plan = new Plan();
  declareAs(plan, native.keyword, scoping.holding, given);
  tidy(plan, scoping, given);
  const handled = scoping.release.handled ? ['An error of the release was handled where it was called.'] : [];
  const cautions = [...handled, ...cautionsOf(given, scoping), ...(native.caution === undefined ? [] : [native.caution])];
  return [{ title: `Release \`${scoping.holding.expression}\` at the end of its scope: \`${native.keyword}\``, plan, cautions }];
});
