import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { unwrapAwait } from '../../syntax/nodes';
import type { Draft, ResourceCase } from '../case';
import { ofResource } from '../case';
import { importName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { endOfLineOf, removeStatement } from '../edit/statements';
import type { Section } from '../scope/transaction';
import { jumpsOut, namesBeyond, onlyCompute, sectionOf } from '../scope/transaction';

/**
 * `await withManaged({ enter, exit }, async () => {...})` around the work of a transaction: the only scope whose end is told of the
 * failure, and so the one that can commit or roll back.
 */
export const makeCallbackScope = ofResource((given): Draft[] => {
  const section = sectionOf(given);
  const [first] = section?.work ?? [];
  if (section === undefined || first === undefined || section.list.type === T.SwitchCase) return [];
  const { source, ability, ctx } = given;
  const needed = namesBeyond([...section.work, section.commit], section.list, given);
  const body = needed ? [...section.work, ...section.rest] : section.work;
  const last = body.at(-1);
  const returned = needed ? last : undefined;
  if (last === undefined || !source.beginsLine(first.range[0]) || (needed && (returned?.type !== T.ReturnStatement || !onlyCompute(section.rest)))) return [];
  if (jumpsOut(body.filter((statement) => statement !== returned)) || usesFunctionOf(body, given)) return [];
  const imported = importName('withManaged', ability.runtime.specifier, source, ctx.bindings, ability);
  if (imported === undefined) return [];
  const plan = new Plan();
  imported.apply(plan);
  const outer = `${source.newline}${source.indentAt(section.begin.range[0])}`;
  const inner = `${outer}${source.unit}`;
  const manager = `{ enter: () => ${enterOf(section, given)}, exit: async (failure) => { await (failure ? ${section.rollbackText} : ${section.commitText})${source.semi} } }`;
  const head = `${returned ? 'return ' : ''}await ${imported.local}(${inner}${manager},${inner}async () => {`;
  if (begins(section, given)) plan.replace({ start: section.begin.range[0], end: section.begin.range[1] }, head);
  else plan.insert(endOfLineOf(section.begin, source), `${outer}${head}`);
  const end = endOfLineOf(needed ? last : section.commit, source);
  plan.indent(source.indentableLines({ start: source.nextLine(endOfLineOf(section.begin, source)), end }), `${source.unit}${source.unit}`);
  removeStatement(plan, section.commit, source);
  plan.insert(needed ? end : endOfLineOf(last, source), `${inner}},${outer})${source.semi}`);
  return [{ title: 'Commit or roll back at the end of a scope: `withManaged`', plan, cautions: [], usesRuntime: true }];
});

/** The begin is a statement of its own, which the scope's `enter` takes over. */
function begins({ begin }: Section, { obligation: { site } }: ResourceCase): boolean {
  return begin.type === T.ExpressionStatement && unwrapAwait(begin.expression) === site.call;
}

function enterOf(section: Section, given: ResourceCase): string {
  if (begins(section, given)) return given.source.textOf(given.obligation.site.call);
  return given.obligation.name ?? 'undefined';
}

/** `this` stays what it is in an arrow; `arguments` and `yield` would not. */
function usesFunctionOf(body: readonly TSESTree.Node[], { source }: ResourceCase): boolean {
  return body.some((statement) => /\b(?:arguments|yield|super)\b/.test(source.textOf(statement)));
}
