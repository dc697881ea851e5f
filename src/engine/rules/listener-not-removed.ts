import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { Query } from '../facts';
import { leftListener } from '../events/lasting';
import type { Listening } from '../events/listening';
import { listeningOf } from '../events/listening';
import { classAround, factsOf } from '../events/owners';
import type { LeftByRun } from '../events/runs';
import { leftByRun } from '../events/runs';
import type { Context } from '../ownership/context';
import type { CodeRule, Report } from './code-rule';

/** An object that has an end, or one run of a function, leaves a listener on the page, the process, or something else that lasts. */
export const listenerNotRemoved: CodeRule = {
  id: 'listener-not-removed',
  mentions: ['addEventListener(', '.race(', 'process.on', 'vents.on(', 'us.on(', 'ub.on(', 'anager.on(', 'ervice.on(', 'egistry.on(', 'ettings.on(', 'onfig.on(', 'onfiguration.on(', 'tore.on('],
  on: [T.CallExpression],
  suspects: (node) => {
    if (node.type !== T.CallExpression || listeningOf(node) === undefined) return undefined;
    const cls = classAround(node);
    if (cls === undefined) return [];
    const { self, disposers } = factsOf(cls);
    const queries: Query[] = [{ kind: 'call', start: node.range[0], end: node.range[1] }];
    if (disposers.length === 0 && self) queries.push({ kind: 'type', start: self.range[0], end: self.range[1] });
    return queries;
  },
  judge: (node, { ctx }) => {
    if (node.type !== T.CallExpression) return [];
    const kept = leftListener(node, ctx);
    if (kept !== undefined) {
      const target = ctx.excerpt(kept.target);
      return [report(kept, `when this object has come to its end, \`${target}\` still holds it.`, `a listener is added to \`${target}\`, and the class removes it nowhere`, ctx)];
    }
    const left = leftByRun(node, ctx);
    if (left === undefined) return [];
    const target = ctx.excerpt(left.listening.target);
    return [report(left.listening, `${STAYS[left.sort]}, and each run adds one to \`${target}\`.`, `a listener is added to \`${target}\`, which is there after this run`, ctx)];
  },
};

const STAYS: Readonly<Record<LeftByRun['sort'], string>> = {
  race: 'it stays when the race is decided by others',
  abort: 'it stays when the work that it aborts is done',
  condition: 'it takes itself off on a condition only',
};

function report({ call, target, event }: Listening, because: string, step: string, ctx: Context): Report {
  const [start, end] = call.range;
  return {
    start,
    end,
    acquire: { start, end },
    message: `The listener for ${ctx.textOf(event)} on \`${ctx.excerpt(target)}\` is never removed: ${because}`,
    resource: 'listener',
    family: 'listener',
    path: [{ start, end, message: step }],
  };
}
