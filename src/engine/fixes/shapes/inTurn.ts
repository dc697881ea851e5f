import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { within } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { Draft, FixMaker } from '../case';
import { ofResource } from '../case';
import { Plan } from '../edit/plan';
import { tidy } from '../scope/declare';
import { concurrentOf } from '../scope/concurrent';
import { ownSymbolOf } from '../scope/native';
import { needsParentheses } from '../scope/returned';
import { cautionsOf, scopingOf } from '../scope/scoping';

/**
 * `const [fh, text] = await Promise.all([open(p), readFile(q)]);` -> `const text = await readFile(q);` and `await using fh = await open(p);` behind
 * it, where one element acquires and the others name nothing that its arguments name.
 */
export const inTurnToUsing: FixMaker = ofResource((given): Draft[] => {
  const { source, ability } = given;
  const found = ability.using && given.finding.rule === 'concurrent-acquire' ? concurrentOf(given) : undefined;
  const owing = found?.elements.filter(({ obligation }) => obligation !== undefined) ?? [];
  const others = found?.elements.filter(({ obligation }) => obligation === undefined) ?? [];
  const [acquire] = owing;
  if (found === undefined || acquire?.obligation === undefined || owing.length > 1 || others.length === 0) return [];
  const { statement } = found;
  const shared = namesIn(acquire.obligation.site.call.arguments);
  const acquires = given.obligations.some(({ site }) => others.some(({ value }) => within(site.call, value)));
  if (acquires || [...namesIn(others.map(({ value }) => value))].some((name) => shared.has(name)) || source.commentsIn({ start: statement.range[0], end: statement.range[1] }).length > 0) return [];
  const ours = { ...given, obligation: acquire.obligation };
  const scoping = scopingOf(ours);
  const symbol = scoping && ownSymbolOf(ours, scoping);
  if (scoping === undefined || symbol === undefined || scoping.handOvers.length > 0) return [];
  const awaited = ({ value }: { readonly value: TSESTree.Node }): string => (needsParentheses(value) ? `await (${source.textOf(value)})` : `await ${source.textOf(value)}`);
  const [other, ...more] = others;
  const first =
    other !== undefined && more.length === 0
      ? `const ${other.name.name} = ${awaited(other)}`
      : `const [${others.map(({ name }) => name.name).join(', ')}] = await Promise.all([${others.map(({ value }) => source.textOf(value)).join(', ')}])`;
  const keyword = symbol.has === 'dispose' ? 'using' : 'await using';
  const plan = new Plan();
  plan.replace({ start: statement.range[0], end: statement.range[1] }, `${first}${source.semi}${source.breakAt(statement.range[0])}${keyword} ${acquire.name.name} = ${awaited(acquire)}${source.semi}`);
  tidy(plan, scoping, ours);
  const cautions = ['One is done after the other now.', ...(symbol.caution === undefined ? [] : [symbol.caution]), ...cautionsOf(ours, scoping)];
  return [{ title: `Acquire \`${acquire.name.name}\` when the rest is done: \`${keyword}\``, plan, cautions }];
});

function namesIn(nodes: readonly TSESTree.Node[]): Set<string> {
  const names = new Set<string>();
  for (const node of nodes) {
    walk(node, (inner) => {
      if (inner.type === T.Identifier) names.add(inner.name);
      if (inner.type === T.Literal) names.add(inner.raw);
    });
  }
  return names;
}
