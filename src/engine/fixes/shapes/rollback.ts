import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { Draft } from '../case';
import { ofResource } from '../case';
import { freeName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { closeGap, endOfLineOf } from '../edit/statements';
import { jumpsOut, namesBeyond, onlyCompute, sectionOf } from '../scope/transaction';

/** What is done in a transaction goes into a `try` with its commit; the `catch` rolls back and throws again. */
export const makeRollback = ofResource((given): Draft[] => {
  const section = sectionOf(given);
  const [first] = section?.work ?? [];
  if (section === undefined || first === undefined || jumpsOut(section.work)) return [];
  const { source, ctx } = given;
  const needed = namesBeyond([...section.work, section.commit], section.list, given);
  const last = needed ? section.rest.at(-1) : section.commit;
  if (last === undefined || section.list.type === T.SwitchCase || section.list.type === T.Program) return [];
  const outer = `${source.newline}${source.indentAt(section.begin.range[0])}`;
  const inner = `${outer}${source.unit}`;
  const start = endOfLineOf(section.begin, source);
  const end = endOfLineOf(last, source);
  if (!source.beginsLine(first.range[0])) return [];
  const error = freeName('error', ctx.bindings, section.begin);
  const plan = new Plan();
  plan.insert(start, `${outer}try {`);
  closeGap(plan, start, source);
  plan.indent(source.indentableLines({ start: source.nextLine(start), end }), source.unit);
  plan.insert(end, `${outer}} catch (${error}) {${inner}await ${section.rollbackText}${source.semi}${inner}throw ${error}${source.semi}${outer}}`);
  const cautions = needed && !onlyCompute(section.rest) ? ['What follows the commit is inside of the `try` too: an error there rolls back what is committed already.'] : [];
  return [{ title: 'Roll back when something throws: try/catch', plan, cautions }];
});
