import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { endsLife } from '../events/dropped';
import { forgottenFields, isDisposable, isEmitter, doesSomething, endsAlike, isHabit, isSubscription, madeForFields } from '../events/fields';
import type { ForgottenField } from '../events/fields';
import type { ClassNode } from '../events/owners';
import { factsOf } from '../events/owners';
import type { Query } from '../facts';
import type { Tier } from '../findings';
import type { Context } from '../ownership/context';
import type { Lifetime } from '../resources/model';
import type { CallNode } from '../syntax/nodes';
import type { CodeRule } from './code-rule';

/** A class ends some of what it made for its fields when it is ended itself, and forgets this one. */
export const memberNotReleased: CodeRule = {
  id: 'member-not-released',
  mentions: ['ispose()', 'lose()', 'estroy()', 'top()', 'WillUnmount()', 'connectedCallback()', '_register('],
  on: [T.ClassDeclaration, T.ClassExpression],
  suspects: (node, ctx) => {
    const cls = classOf(node);
    if (cls === undefined || !mayEnd(cls)) return undefined;
    const calls = madeForFields(cls, ctx);
    if (calls.length === 0) return undefined;
    const queries: Query[] = calls.map((call) => ({ kind: 'call', start: call.range[0], end: call.range[1] }));
    const { disposers, self } = factsOf(cls);
    if (disposers.length === 0 && self) queries.push({ kind: 'type', start: self.range[0], end: self.range[1] });
    return queries;
  },
  judge: (node, { ctx, obligations }) => {
    const cls = classOf(node);
    if (cls === undefined || !mayEnd(cls) || !endsLife(cls, ctx)) return [];
    const owed = new Map(obligations.map((obligation) => [obligation.site.call, obligation.site]));
    const isOwed = (call: CallNode): boolean => (owed.has(call) && !EPHEMERAL.has(owed.get(call)?.lifetime ?? 'moment')) || isDisposable(call, ctx) || isSubscription(call, ctx) || endsAlike(call, cls, ctx);
    const forgotten = forgottenFields(cls, ctx, isOwed);
    return forgotten.flatMap((field) => {
      const { name, call, sibling } = field;
      const site = owed.get(call);
      const alike = isSubscription(call, ctx) || (forgotten.length === 1 && doesSomething(cls) && endsAlike(call, cls, ctx));
      const tier = tierOf(field, site !== undefined ? 'model' : alike ? 'alike' : undefined, forgotten, ctx);
      if (tier === undefined) return [];
      const [start, end] = call.range;
      return [
        {
          start,
          end,
          acquire: { start, end },
          message: `\`this.${name}\` is made by this class and forgotten when it ends${sibling === undefined ? '' : `, while \`this.${sibling}\` is released`}.`,
          tier,
          resource: site?.resource.noun ?? ctx.calleeName(call) ?? 'member',
          family: site?.resource.family ?? 'disposable',
          path: [{ start, end, message: `\`this.${name}\` is made here, and nothing releases it` }],
        },
      ];
    });
  },
};

/** Lifetimes of what is over before its owner, or by itself. */
const EPHEMERAL: ReadonlySet<Lifetime> = new Set(['moment', 'self']);

/** What speaks for the leak decides: a known resource and a class that ends others speak loudest; undefined where too little does. */
function tierOf({ call, sibling, hidden }: ForgottenField, known: 'model' | 'alike' | undefined, forgotten: readonly ForgottenField[], ctx: Context): Tier | undefined {
  if (isEmitter(call, ctx) || (known === undefined && isHabit(call, forgotten, ctx))) return hidden && sibling !== undefined ? 'hint' : undefined;
  // A field that everybody sees may be ended by whoever uses the object.
  if (!hidden) return known === 'model' && sibling !== undefined ? 'potential' : undefined;
  return known !== undefined || sibling !== undefined ? 'potential' : undefined;
}

/** The class has an end of its own, or may inherit one. */
function mayEnd(cls: ClassNode): boolean {
  return factsOf(cls).disposers.length > 0 || cls.superClass !== null;
}

function classOf(node: TSESTree.Node): ClassNode | undefined {
  return node.type === T.ClassDeclaration || node.type === T.ClassExpression ? node : undefined;
}
