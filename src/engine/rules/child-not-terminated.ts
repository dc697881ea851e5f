import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { answerOf } from '../concurrency/answers';
import { isCall } from '../syntax/nodes';
import type { CodeRule } from './code-rule';
import { capital, subjectOf } from './words';

const MADE: ReadonlySet<string> = new Set(['Worker', 'fork', 'createServer', 'createSecureServer', 'createSocket', 'connect', 'createConnection', 'Socket', 'duplicate', 'Redis']);

/**
 * A worker, a child with a channel, a server, a connection that is made for one answer, and is not ended when the answer is there: it waits for
 * more, for as long as the process lives.
 */
export const childNotTerminated: CodeRule = {
  id: 'child-not-terminated',
  mentions: ['Worker(', 'fork(', 'createServer(', 'createSecureServer(', 'createSocket(', 'createConnection(', 'net.connect(', 'tls.connect(', 'Socket(', 'duplicate(', 'Redis('],
  on: [T.CallExpression, T.NewExpression],
  suspects: (node, ctx) => (isCall(node) && MADE.has(ctx.calleeName(node) ?? '') ? [] : undefined),
  judge: (node, { ctx, obligations }) => {
    const obligation = obligations.find(({ site }) => site.call === node);
    const answer = obligation && answerOf(obligation, ctx);
    if (obligation === undefined || answer === undefined) return [];
    const { resource } = obligation.site;
    const subject = subjectOf(obligation);
    const [start, end] = node.range;
    return [
      {
        start,
        end,
        acquire: { start, end },
        resource: resource.noun,
        family: resource.family,
        tier: obligation.site.certainty === 'guess' ? 'hint' : 'potential',
        message: `${capital(subject)} (${resource.noun}) is made for one answer, and nothing ends it when the answer is there (line ${String(ctx.lineOf(answer))}).`,
        path: [
          { start, end, message: `${subject} is made` },
          { start: answer.range[0], end: answer.range[1], message: 'the answer is there, and nothing ends it' },
        ],
      },
    ];
  },
};
