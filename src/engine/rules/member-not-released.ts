import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { forgottenFields, isDisposable, isEmitter, isHabit, madeForFields } from '../events/fields';
import type { ClassNode } from '../events/owners';
import { factsOf } from '../events/owners';
import type { CodeRule } from './code-rule';

/** A class ends some of what it made for its fields when it is ended itself, and forgets this one. */
export const memberNotReleased: CodeRule = {
  id: 'member-not-released',
  mentions: ['ispose()', 'lose()', 'estroy()', 'top()', 'WillUnmount()', 'connectedCallback()'],
  on: [T.ClassDeclaration, T.ClassExpression],
  suspects: (node, ctx) => {
    const cls = classOf(node);
    if (cls === undefined || factsOf(cls).disposers.length === 0) return undefined;
    const calls = madeForFields(cls, ctx);
    return calls.length === 0 ? undefined : calls.map((call) => ({ kind: 'call', start: call.range[0], end: call.range[1] }));
  },
  judge: (node, { ctx, obligations }) => {
    const cls = classOf(node);
    if (cls === undefined) return [];
    const owed = new Map(obligations.map((obligation) => [obligation.site.call, obligation.site]));
    const forgotten = forgottenFields(cls, ctx, (call) => (owed.has(call) && owed.get(call)?.lifetime !== 'moment' && owed.get(call)?.lifetime !== 'self') || isDisposable(call, ctx));
    return forgotten.map(({ name, call, sibling }) => {
      const [start, end] = call.range;
      const site = owed.get(call);
      return {
        start,
        end,
        acquire: { start, end },
        message: `\`this.${name}\` is made by this class and forgotten when it ends, while \`this.${sibling}\` is released.`,
        tier: isEmitter(call, ctx) || (site === undefined && isHabit(call, forgotten, ctx)) ? 'hint' : 'potential',
        resource: site?.resource.noun ?? ctx.calleeName(call) ?? 'member',
        family: site?.resource.family ?? 'disposable',
        path: [{ start, end, message: `\`this.${name}\` is made here, and nothing releases it` }],
      };
    });
  },
};

function classOf(node: TSESTree.Node): ClassNode | undefined {
  return node.type === T.ClassDeclaration || node.type === T.ClassExpression ? node : undefined;
}
