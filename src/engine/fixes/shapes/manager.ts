import type { Draft, ResourceCase } from '../case';
import { ofResource } from '../case';
import { freeName, importName, importTogether } from '../edit/imports';
import { Plan } from '../edit/plan';
import { applyRemoval } from '../edit/removals';
import type { Source } from '../edit/source';
import { closeGap, endOfLineOf, statementsOf } from '../edit/statements';
import type { Caller, Factory } from '../scope/factory';
import { factoryOf } from '../scope/factory';
import { holdingOf } from '../scope/holding';
import { modelRelease } from '../scope/releaseCode';

/**
 * A function that returns a resource raw becomes a manager: a generator that yields it inside of a `try` whose `finally` releases. Its callers
 * in the file enter it on a stack, and release nothing themselves.
 */
export const makeManager = ofResource((given): Draft[] => {
  const { source, ability, ctx, obligation } = given;
  const factory = ability.using ? factoryOf(given) : undefined;
  const holding = factory && holdingOf(given);
  if (factory === undefined || holding?.form !== 'declared' || holding.among !== undefined || holding.ownIf !== undefined || holding.list !== factory.fn.body) return [];
  const released = obligation.effects.effects.some(({ kind }) => kind === 'release');
  const release = released ? undefined : modelRelease(given, holding);
  const all = statementsOf(holding.list);
  const first = all[all.indexOf(holding.statement) + 1];
  if (release === undefined || first === undefined || (release.async && !factory.fn.async) || !source.beginsLine(first.range[0])) return [];
  const { specifier } = ability.runtime;
  const made = importName(factory.fn.async ? 'asyncContextManager' : 'contextManager', specifier, source, ctx.bindings, ability);
  const stack = factory.callers.length > 0 ? importName(factory.fn.async ? 'AsyncExitStack' : 'ExitStack', specifier, source, ctx.bindings, ability) : undefined;
  if (made === undefined) return [];
  const plan = new Plan();
  importTogether(plan, stack ? [made, stack] : [made], specifier, source, ability);
  release.imported?.apply(plan);
  plan.replace(factory.head, `const ${factory.name} = ${made.local}(${factory.fn.async ? 'async ' : ''}function* `);
  dropSignature(plan, factory, source);
  const outer = `${source.newline}${source.indentAt(holding.statement.range[0])}`;
  const start = endOfLineOf(holding.statement, source);
  const end = endOfLineOf(factory.returned, source);
  plan.insert(start, `${outer}try {`);
  closeGap(plan, start, source);
  plan.indent(source.indentableLines({ start: source.nextLine(start), end }), source.unit);
  plan.replace({ start: factory.returned.range[0], end: factory.returned.range[0] + 'return'.length }, 'yield');
  plan.insert(end, `${outer}} finally {${outer}${source.unit}${release.async ? 'await ' : ''}${release.write(holding.expression)}${source.semi}${outer}}`);
  plan.replace(factory.tail, `)${source.semi}`);
  for (const caller of factory.callers) enter(plan, caller, factory, stack?.local ?? '', given);
  const title = `Make \`${factory.name}\` a manager that releases${factory.callers.length > 0 ? ', and enter it where it is called' : ''}`;
  return [{ title, plan, cautions: factory.callers.length === 0 ? ['Nothing in this file calls it.'] : factory.callers.flatMap(({ cautions }) => cautions), usesRuntime: true, within: { start: 0, end: source.text.length } }];
});

/** A generator's type says more than what the function returned, and a generator has no arrow. */
function dropSignature(plan: Plan, { fn }: Factory, source: Source): void {
  if (fn.returnType) plan.remove({ start: fn.returnType.range[0], end: fn.returnType.range[1] });
  if (fn.type === 'ArrowFunctionExpression') plan.remove({ start: source.text.lastIndexOf('=>', fn.body.range[0]), end: fn.body.range[0] });
}

function enter(plan: Plan, { statement, call, old }: Caller, { fn }: Factory, stackClass: string, given: ResourceCase): void {
  const { source, ctx } = given;
  const name = freeName('stack', ctx.bindings, statement);
  plan.insert(statement.range[0], `${fn.async ? 'await using' : 'using'} ${name} = new ${stackClass}()${source.semi}${source.newline}${source.indentAt(statement.range[0])}`);
  plan.insert(call.range[0], `${name}.enter(`).insert(call.range[1], ')');
  applyRemoval(plan, old.removal, source, ctx.bindings);
}
