import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { Draft, ResourceCase } from '../case';
import { ofResource } from '../case';
import { freeName, importName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { applyRemoval } from '../edit/removals';
import { concurrentOf } from '../scope/concurrent';
import { awaitReturned } from '../scope/returned';
import { ownSymbolOf } from '../scope/native';
import { removalOf } from '../scope/oldReleases';
import type { Scoping } from '../scope/scoping';
import { cautionsOf, scopingOf } from '../scope/scoping';

/** One of the resources, as the stack is to release it. */
interface Member {
  readonly ours: ResourceCase;
  readonly scoping: Scoping;
}

/**
 * `const [a, b] = await Promise.all([open(x), open(y)]);` -> `await using stack = new AsyncExitStack();` and `stack.enterAll([...])`, which
 * waits for all before it fails. Only for what has the symbol itself.
 */
export const makeEnterAll = ofResource((given): Draft[] => {
  const { source, ability, ctx } = given;
  const found = ability.using ? concurrentOf(given) : undefined;
  const members = found && membersOf(found.elements.map(({ obligation }) => obligation), given);
  if (found === undefined || members === undefined) return [];
  const removal = removalOf(members.flatMap(({ scoping }) => scoping.old.all.map(({ statement }) => statement)), members.map(({ ours }) => ours.obligation), given);
  if (removal === undefined) return [];
  const stackClass = importName('AsyncExitStack', ability.runtime.specifier, source, ctx.bindings, ability);
  if (stackClass === undefined) return [];
  const name = freeName('stack', ctx.bindings, found.statement);
  const plan = new Plan();
  stackClass.apply(plan);
  const cautions: string[] = [];
  const [start] = found.statement.range;
  plan.insert(start, `await using ${name} = new ${stackClass.local}()${source.semi}${source.breakAt(start)}`);
  plan.replace({ start: found.call.callee.range[0], end: found.call.callee.range[1] }, `${name}.enterAll`);
  for (const [index, { ours, scoping }] of members.entries()) {
    const symbol = ownSymbolOf(ours, scoping);
    // As a manager it would be lost: those are not entered any more once another element has failed.
    if (symbol === undefined) return [];
    if (symbol.caution !== undefined) cautions.push(symbol.caution);
    // What was acquired before goes after it now.
    const later = members.slice(0, index).flatMap((member) => member.scoping.old.all);
    cautions.push(...cautionsOf(ours, scoping, undefined, later));
  }
  if (members.some(({ scoping }) => scoping.old.all.some(({ call }) => call.parent.type === T.ArrayExpression))) cautions.push('They were released at once; now one is after the other.');
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
    if (scoping === undefined || scoping.handOvers.length > 0 || scoping.old.all.some(({ together }) => together !== undefined)) return undefined;
    members.push({ ours, scoping });
  }
  return members;
}
