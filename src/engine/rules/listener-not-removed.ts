import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { Query } from '../facts';
import { leftListener } from '../events/lasting';
import { listeningOf } from '../events/listening';
import { classAround, factsOf } from '../events/owners';
import type { CodeRule } from './code-rule';

/** An object that has an end leaves a listener on the page, the process, or something else that lasts. */
export const listenerNotRemoved: CodeRule = {
  id: 'listener-not-removed',
  mentions: ['addEventListener(', 'process.on', 'vents.on(', 'us.on(', 'ub.on(', 'anager.on(', 'ervice.on(', 'egistry.on(', 'ettings.on(', 'onfig.on(', 'onfiguration.on(', 'tore.on('],
  on: [T.CallExpression],
  suspects: (node) => {
    if (node.type !== T.CallExpression || listeningOf(node) === undefined) return undefined;
    const cls = classAround(node);
    if (cls === undefined) return undefined;
    const { self, disposers } = factsOf(cls);
    const queries: Query[] = [{ kind: 'call', start: node.range[0], end: node.range[1] }];
    if (disposers.length === 0 && self) queries.push({ kind: 'type', start: self.range[0], end: self.range[1] });
    return queries;
  },
  judge: (node, { ctx }) => {
    const listening = node.type === T.CallExpression ? leftListener(node, ctx) : undefined;
    if (listening === undefined) return [];
    const [start, end] = listening.call.range;
    const target = ctx.excerpt(listening.target);
    return [
      {
        start,
        end,
        acquire: { start, end },
        message: `The listener for ${ctx.textOf(listening.event)} on \`${target}\` is never removed: when this object has come to its end, \`${target}\` still holds it.`,
        resource: 'listener',
        family: 'listener',
        path: [{ start, end, message: `a listener is added to \`${target}\`, and the class removes it nowhere` }],
      },
    ];
  },
};
