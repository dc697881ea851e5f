import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Mismatch } from '../events/identity';
import { mismatchOf, removedBy } from '../events/identity';
import type { Context } from '../ownership/context';
import type { CodeRule } from './code-rule';

/** A listener is taken off by a function that is not the one that was added: the call does nothing. */
export const listenerIdentityMismatch: CodeRule = {
  id: 'listener-identity-mismatch',
  mentions: ['removeEventListener(', 'removeListener(', '.off('],
  on: [T.CallExpression],
  suspects: (node) => (node.type === T.CallExpression && removedBy(node) !== undefined ? [] : undefined),
  judge: (node, { ctx }) => {
    const mismatch = node.type === T.CallExpression ? mismatchOf(node, ctx) : undefined;
    if (node.type !== T.CallExpression || mismatch === undefined) return [];
    const { added } = mismatch;
    const [start, end] = node.range;
    const steps = added === undefined ? [] : [{ start: added.range[0], end: added.range[1], message: 'the listener is added' }];
    return [
      {
        start,
        end,
        message: `\`${ctx.excerpt(node.callee)}(...)\` takes nothing off: ${reasonOf(mismatch, node, ctx)}.`,
        // Where nothing here adds a listener for the event, what was meant is not known.
        tier: added === undefined ? 'potential' : 'definite',
        resource: 'listener',
        family: 'listener',
        path: [...steps, { start, end, message: 'no listener is this function, and the listener stays' }],
      },
    ];
  },
};

function reasonOf({ why, added }: Mismatch, removal: TSESTree.CallExpression, ctx: Context): string {
  const line = added === undefined ? '' : ` on line ${String(ctx.lineOf(added))}`;
  switch (why) {
    case 'made':
      return 'the function that it names is made by this call, and is none that was added';
    case 'bound': {
      const listener = removedBy(removal);
      return `what was added${line} is another function, made around \`${listener === undefined ? 'this one' : ctx.excerpt(listener)}\``;
    }
    case 'capture':
      return `the listener was added${line} for the other phase (\`capture\`), which makes it another listener`;
  }
}
