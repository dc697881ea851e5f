import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Obligation } from '../../ownership/obligation';
import { isAsync, isFunction, rootOf, within } from '../../syntax/nodes';
import type { Draft, FixMaker, ResourceCase } from '../case';
import { ofResource } from '../case';
import { freeName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { applyRemoval, planRemoval } from '../edit/removals';
import { listOf } from '../edit/statements';
import { importEntering, promiseClosing } from '../scope/entering';
import { nameFor } from '../scope/extract';
import { acquiresOf, gatheredOf } from '../scope/gathered';
import { symbolFor } from '../scope/native';
import type { ReleaseCode } from '../scope/releaseCode';
import { modelRelease } from '../scope/releaseCode';
import { caughtWithin } from '../scope/returned';
import { asyncEdit } from './makeAsync';
import { letGo } from './stack';

/** How each of the list is released: by its own symbol, or by `closing`. */
interface Each {
  readonly obligation: Obligation;
  readonly closing: ReleaseCode | undefined;
  readonly caution?: string;
}

/** `const files = await Promise.all(paths.map((path) => open(path)));` -> `await stack.enterAll(paths.map(...))`; loops that release each of them go. */
export const enterListOnStack: FixMaker = ofResource((given): Draft[] => {
  const found = given.ability.using ? gatheredOf(given) : undefined;
  if (found === undefined) return [];
  const { source, ctx } = given;
  const releases = found.uses.filter((use) => use.kind === 'release');
  const returned = found.uses.flatMap((use) => (use.kind === 'returned' ? [use.statement] : []));
  const [method, ...others] = new Set(releases.map((release) => release.method));
  const removal = planRemoval(releases.map(({ statement }) => statement), () => false);
  if (others.length > 0 || (returned.length > 0 && releases.length > 0) || removal === undefined) return [];
  const each = eachOf(found.obligations, method, given);
  if (each === undefined) return [];
  const plan = new Plan();
  const stack = enter(plan, found.statement, found.call, each, releases[0]?.element, given);
  if (stack === undefined) return [];
  const isGone = (node: TSESTree.Node): boolean => releases.some(({ statement }) => within(node, statement));
  if (found.variable.references.every(({ identifier, init }) => init === true || isGone(identifier))) plan.remove({ start: found.statement.range[0], end: found.call.parent.range[0] });
  for (const statement of returned) letGo(plan, statement, stack, given);
  applyRemoval(plan, removal, source, ctx.bindings);
  const order = releases.some(({ atOnce }) => !atOnce) ? ['They are released in the opposite order now.'] : releases.length > 0 ? ['They were released at once; now one is after the other.'] : [];
  return [{ title: `Enter all of them on a stack: \`${stack}.enterAll\``, plan, cautions: [...order, ...each.flatMap(({ caution }) => caution ?? [])], usesRuntime: true, within: rangeOf(rootOf(found.statement)) }];
});

/** `return Promise.all([open(a), open(b)]);`: the caller gets all of them, or none is left open. */
export const enterReturnedOnStack: FixMaker = ofResource((given): Draft[] => {
  const found = given.ability.using ? acquiresOf(given) : undefined;
  const value = found?.call.parent.type === T.AwaitExpression ? found.call.parent : found?.call;
  const statement = value?.parent;
  if (found === undefined || statement?.type !== T.ReturnStatement || listOf(statement) === undefined) return [];
  const { source, ctx } = given;
  const fn = rootOf(statement);
  const each = eachOf(found.obligations, undefined, given);
  const head = { start: statement.range[0], end: found.call.callee.range[1] };
  if (each === undefined || !isFunction(fn) || fn.generator || source.commentsIn(head).length > 0) return [];
  const plan = new Plan();
  const cautions = each.flatMap(({ caution }) => caution ?? []);
  if (!isAsync(fn)) {
    if (/\barguments\b/.test(source.textOf(statement)) || !asyncEdit(plan, fn, source)) return [];
    cautions.push('The function becomes async: what it throws comes as a rejection.');
  }
  if (value === found.call && caughtWithin(statement, fn) !== undefined) cautions.push('A `catch` around it now sees what the promise rejects with.');
  const names = { apart: source.breakAt(statement.range[0]), list: freeName('acquired', ctx.bindings, statement) };
  const stack = enter(plan, statement, found.call, each, undefined, given, `const ${names.list} = await `);
  if (stack === undefined) return [];
  plan.insert(statement.range[1], `${names.apart}${stack}.move()${source.semi}${names.apart}return ${names.list}${source.semi}`);
  return [{ title: `Enter all of them on a stack, and hand them on: \`${stack}.enterAll\``, plan, cautions, usesRuntime: true, within: rangeOf(fn) }];
});

/** Plans the stack in front of the statement and `stack.enterAll` in place of `Promise.all`; `instead`: in place of all that stands before it. */
function enter(plan: Plan, statement: TSESTree.Node, call: TSESTree.CallExpression, each: readonly Each[], element: string | undefined, given: ResourceCase, instead?: string): string | undefined {
  const { source, ctx } = given;
  const imported = importEntering(plan, each.some(({ closing }) => closing !== undefined), given);
  if (imported === undefined) return undefined;
  const name = freeName('stack', ctx.bindings, statement);
  const [start] = statement.range;
  const declaration = `await using ${name} = new ${imported.stack}()${source.semi}${source.breakAt(start)}`;
  if (instead === undefined) plan.insert(start, declaration).replace({ start: call.callee.range[0], end: call.callee.range[1] }, `${name}.enterAll`);
  else plan.replace({ start, end: call.callee.range[1] }, `${declaration}${instead}${name}.enterAll`);
  for (const { obligation: { site }, closing } of each) {
    closing?.imported?.apply(plan);
    if (closing) promiseClosing(plan, site.call, element ?? nameFor(site.resource.noun), closing, imported.closing);
  }
  return name;
}

function eachOf(obligations: readonly Obligation[], method: string | undefined, given: ResourceCase): Each[] | undefined {
  const all: Each[] = [];
  for (const obligation of obligations) {
    const ours = { ...given, obligation };
    const model = modelRelease(ours, { form: 'beside', statement: obligation.site.call, list: given.source.module.ast, expression: '', mayBeAbsent: false });
    const release = method === undefined || model === undefined ? model : { ...model, method, write: (resource: string) => `${resource}.${method}()` };
    if (release === undefined) return undefined;
    const symbol = symbolFor(ours, method);
    all.push(symbol === undefined ? { obligation, closing: release } : { obligation, closing: undefined, ...(symbol.caution === undefined ? {} : { caution: symbol.caution }) });
  }
  return all;
}

function rangeOf({ range: [start, end] }: TSESTree.Node): { readonly start: number; readonly end: number } {
  return { start, end };
}
