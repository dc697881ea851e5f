import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { isObjectUrl, shownAt } from '../events/objectUrls';
import type { CodeRule } from './code-rule';

/** An object URL is shown and nothing in the file revokes any: the blob stays in memory until the page goes. */
export const objectUrlNotRevoked: CodeRule = {
  id: 'object-url-not-revoked',
  mentions: ['createObjectURL('],
  on: [T.CallExpression],
  suspects: (node, ctx) => (isObjectUrl(node, ctx) && !ctx.module.text.includes('revokeObjectURL') ? [] : undefined),
  judge: (node, { ctx }) => {
    const shown = isObjectUrl(node, ctx) ? shownAt(node, ctx) : undefined;
    if (shown === undefined) return [];
    const [start, end] = node.range;
    return [
      {
        start,
        end,
        acquire: { start, end },
        message: `The URL is given to \`${ctx.excerpt(shown)}\` and never revoked: what it stands for stays in memory as long as the page.`,
        resource: 'object URL',
        family: 'disposable',
        path: [
          { start, end, message: 'the URL is made' },
          { start: shown.range[0], end: shown.range[1], message: 'it is shown, and nothing in this file revokes it' },
        ],
      },
    ];
  },
};
