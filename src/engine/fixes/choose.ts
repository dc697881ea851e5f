import type { Draft } from './case';
import type { Finding, Range } from '../findings';
import type { Fix, FixAbility, FixShape, FixStyle } from './fix';

/** The order of the scope shapes by style. A manager comes first: where there can be one, it mends the callers too. What is not named comes behind, as it was made. */
const ORDER: Readonly<Record<FixStyle, readonly FixShape[]>> = {
  using: ['manager', 'using', 'stack', 'callback-scope', 'try-finally', 'adapter'],
  defer: ['manager', 'using', 'adapter', 'stack', 'callback-scope', 'try-finally'],
  callback: ['manager', 'using', 'callback-scope', 'stack', 'try-finally', 'adapter'],
  'try-finally': ['try-finally', 'using', 'stack', 'callback-scope', 'adapter'],
  'no-runtime': ['using', 'stack', 'try-finally'],
};

/** A draft as it may be offered; undefined when its edits contradict each other or change nothing. */
export function toFix(shape: FixShape, draft: Draft, finding: Finding, extent: Range, ability: FixAbility): Fix | undefined {
  const edits = draft.plan.edits();
  if (edits === undefined || edits.length === 0) return undefined;
  const cautions = finding.tier === 'definite' ? draft.cautions : [...draft.cautions, 'The finding is not certain.'];
  const [caution] = cautions;
  return {
    shape,
    title: draft.title,
    safe: caution === undefined,
    ...(caution === undefined ? {} : { caution }),
    edits,
    within: draft.within ?? extent,
    ...(draft.usesRuntime === true && !ability.runtime.installed ? { addsRuntime: true } : {}),
  };
}

/** Best first: as the style wants it, what needs the runtime added behind what does not; without what the style excludes. */
export function inOrder(fixes: readonly { readonly fix: Fix; readonly usesRuntime: boolean }[], style: FixStyle): readonly Fix[] {
  const order = ORDER[style];
  const rank = ({ shape, addsRuntime }: Fix): number => (order.includes(shape) ? order.indexOf(shape) : order.length) + (addsRuntime ? 100 : 0);
  return fixes
    .filter(({ usesRuntime }) => style !== 'no-runtime' || !usesRuntime)
    .map(({ fix }) => fix)
    .sort((one, other) => rank(one) - rank(other));
}

/** Whether two fixes can be applied to the same text, without asking again in between. */
export function areCompatible(one: Fix, other: Fix): boolean {
  if (one.within.start <= other.within.end && other.within.start <= one.within.end) return false;
  return one.edits.every((edit) => other.edits.every((against) => sameEdit(edit, against) || edit.end < against.start || against.end < edit.start));
}

/** As many of the fixes as can be applied together, the first ones first, and their edits in the order of the text. */
export function combine(fixes: readonly Fix[]): { readonly fixes: readonly Fix[]; readonly edits: Fix['edits'] } {
  const chosen: Fix[] = [];
  for (const fix of fixes) if (chosen.every((other) => areCompatible(fix, other))) chosen.push(fix);
  const edits: Fix['edits'][number][] = [];
  for (const fix of chosen) {
    // The same import, wanted by several.
    for (const edit of fix.edits) if (!edits.some((other) => !fix.edits.includes(other) && sameEdit(edit, other))) edits.push(edit);
  }
  return { fixes: chosen, edits: edits.map((edit, index) => ({ edit, index })).sort((one, other) => one.edit.start - other.edit.start || one.edit.end - other.edit.end || one.index - other.index).map(({ edit }) => edit) };
}

function sameEdit(one: Fix['edits'][number], other: Fix['edits'][number]): boolean {
  return one.start === other.start && one.end === other.end && one.text === other.text;
}
