import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { Draft, FixMaker, ResourceCase } from '../case';
import { ofResource } from '../case';
import { freeName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { applyRemoval } from '../edit/removals';
import { concurrentOf } from '../scope/concurrent';
import { importEntering, promiseClosing } from '../scope/entering';
import { ownSymbolOf } from '../scope/native';
import { removalOf } from '../scope/oldReleases';
import { awaitReturned } from '../scope/returned';
import type { Scoping } from '../scope/scoping';
import { cautionsOf, scopingOf } from '../scope/scoping';
import { letGo } from './stack';

/** One of the resources, as the stack is to release it. */
interface Member {
  readonly ours: ResourceCase;
  readonly scoping: Scoping;
}

/**
 * `const [a, b] = await Promise.all([open(x), open(y)]);` -> `await using stack = new AsyncExitStack();` and `stack.enterAll([...])`, which
 * waits for all before it fails. What has no symbol of its own is promised as `closing`, which releases it.
 */
export const makeEnterAll: FixMaker = ofResource((given): Draft[] => {
  const { source, ability, ctx } = given;
  const found = ability.using ? concurrentOf(given) : undefined;
  const members = found && membersOf(found.elements.map(({ obligation }) => obligation), given);
  if (found === undefined || members === undefined) return [];
  const removal = removalOf(members.flatMap(({ scoping }) => scoping.old.all.map(({ statement }) => statement)), members.map(({ ours }) => ours.obligation), given);
  if (removal === undefined) return [];
  const bare = members.filter(({ ours, scoping }) => ownSymbolOf(ours, scoping) === undefined);
  const plan = new Plan();
  const imported = importEntering(plan, bare.length > 0, given);
  if (imported === undefined) return [];
  const name = freeName('stack', ctx.bindings, found.statement);
  const cautions: string[] = [];
  const [start] = found.statement.range;
  plan.insert(start, `await using ${name} = new ${imported.stack}()${source.semi}${source.breakAt(start)}`);
  plan.replace({ start: found.call.callee.range[0], end: found.call.callee.range[1] }, `${name}.enterAll`);
  for (const [index, { ours, scoping }] of members.entries()) {
    const symbol = ownSymbolOf(ours, scoping);
    if (symbol === undefined) {
      scoping.release.imported?.apply(plan);
      promiseClosing(plan, ours.obligation.site.call, scoping.holding.expression, scoping.release, imported.closing);
    } else if (symbol.caution !== undefined) cautions.push(symbol.caution);
    // What was acquired before goes after it now.
    const later = members.slice(0, index).flatMap((member) => member.scoping.old.all);
    cautions.push(...cautionsOf(ours, scoping, undefined, later));
  }
  if (members.some(({ scoping }) => scoping.old.all.some(({ call }) => call.parent.type === T.ArrayExpression))) cautions.push('They were released at once; now one is after the other.');
  for (const statement of members[0]?.scoping.handOvers ?? []) letGo(plan, statement, name, given);
  applyRemoval(plan, removal, source, ctx.bindings);
  awaitReturned(plan, [...new Set(members.flatMap(({ scoping }) => scoping.promises))]);
  return [{ title: `Enter all of them on a stack: \`${name}.enterAll\``, plan, cautions: [...new Set(cautions)], usesRuntime: true }];
});

/** Undefined when one of them is nothing to release, or a scope would be wrong for it. */
function membersOf(owed: readonly (ResourceCase['obligation'] | undefined)[], given: ResourceCase): Member[] | undefined {
  const jointly = owed.filter((obligation) => obligation !== undefined);
  if (jointly.length !== owed.length || jointly.length < 2) return undefined;
  const members: Member[] = [];
  for (const obligation of jointly) {
    const ours = { ...given, obligation, jointly };
    const scoping = scopingOf(ours);
    if (scoping === undefined || scoping.old.all.some(({ together, returned }) => together !== undefined || returned !== undefined)) return undefined;
    members.push({ ours, scoping });
  }
  // A stack lets go of all that it has: the caller has to get all of them at once, or none.
  const [first, ...others] = members;
  const handed = first?.scoping.handOvers ?? [];
  return others.every(({ scoping: { handOvers } }) => handOvers.length === handed.length && handOvers.every((statement) => handed.includes(statement))) ? members : undefined;
}
