import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { endsLife } from '../events/dropped';
import { doesSomething, endsAlike, endsSomething, forgottenFields, handedOn, isDisposable, isEmitter, isFilledCollection, isHabit, isOfEditor, isSubscription, madeForFields } from '../events/fields';
import type { ForgottenField } from '../events/fields';
import type { Leave } from '../events/fieldUse';
import { factsOf } from '../events/owners';
import type { Query } from '../facts';
import type { Tier } from '../findings';
import type { Context } from '../ownership/context';
import type { AcquireSite } from '../ownership/site';
import type { Lifetime } from '../resources/model';
import type { CallNode, ClassNode } from '../syntax/nodes';
import { isClass } from '../syntax/nodes';
import type { CodeRule } from './code-rule';

/** A class ends some of what it made for its fields when it is ended itself, and forgets this one. */
export const memberNotReleased: CodeRule = {
  id: 'member-not-released',
  mentions: ['ispose()', 'lose()', 'estroy(', 'top()', 'WillUnmount()', 'connectedCallback()', 'isconnect()', 'hutdown()', 'eardown()', 'erminate()', 'eactivate()', 'leanup()', 'leanUp()', 'ninstall()', 'nload()', 'etach()', '_register(', 'extends Disposable'],
  on: [T.ClassDeclaration, T.ClassExpression],
  suspects: (node, ctx) => {
    if (!isClass(node) || !mayEnd(node)) return undefined;
    const calls = madeForFields(node, ctx);
    if (calls.length === 0) return undefined;
    const queries: Query[] = calls.map((call) => ({ kind: 'call', start: call.range[0], end: call.range[1] }));
    queries.push(...handedOn(node, calls).map((call): Query => ({ kind: 'lending', start: call.range[0], end: call.range[1] })));
    const { disposers, self } = factsOf(node);
    if (disposers.length === 0 && self) queries.push({ kind: 'type', start: self.range[0], end: self.range[1] });
    return queries;
  },
  judge: (node, { ctx, obligations }) => {
    if (!isClass(node) || !mayEnd(node) || !endsLife(node, ctx)) return [];
    const owed = new Map(obligations.map((obligation) => [obligation.site.call, obligation.site]));
    const because = new Map<CallNode, Reason | undefined>();
    const reasonFor = (call: CallNode): Reason | undefined => {
      if (!because.has(call)) because.set(call, reasonOf(call, node, owed.get(call), ctx));
      return because.get(call);
    };
    const forgotten = forgottenFields(node, ctx, (call) => leaveOf(reasonFor(call), owed.get(call)));
    return forgotten.flatMap((field) => {
      const { name, call, sibling } = field;
      const site = owed.get(call);
      const tier = tierOf(field, reasonFor(call), { alone: forgotten.length === 1 && doesSomething(node), habit: isHabit(call, forgotten, ctx), emits: isEmitter(call, ctx) });
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

/**
 * Why a value has to be ended. `model`: it is a known resource. `editor`: VS Code made it. `subscription`: it ends a registration elsewhere. `collection`: the class
 * puts what has to be ended into it. `real`: its class ends something itself. `alike`: it ends by a method of the same name as the class.
 * `disposable`: its type can be disposed of.
 */
type Reason = 'model' | 'editor' | 'subscription' | 'collection' | 'real' | 'alike' | 'disposable';

function reasonOf(call: CallNode, cls: ClassNode, site: AcquireSite | undefined, ctx: Context): Reason | undefined {
  if (site !== undefined && !EPHEMERAL.has(site.lifetime)) return 'model';
  if (isOfEditor(call, ctx)) return 'editor';
  if (isSubscription(call, cls, ctx)) return 'subscription';
  if (isFilledCollection(call, cls, ctx)) return 'collection';
  if (endsSomething(call, ctx)) return 'real';
  if (endsAlike(call, cls, ctx)) return 'alike';
  return isDisposable(call, ctx) ? 'disposable' : undefined;
}

/** What VS Code makes ends by these. */
const EDITORS_ENDS: ReadonlySet<string> = new Set(['dispose', 'Symbol.dispose']);

/** How much may be done with a value before others may have ended it: the more is known of its end, the more. */
function leaveOf(reason: Reason | undefined, site: AcquireSite | undefined): Leave | undefined {
  switch (reason) {
    case undefined:
      return undefined;
    case 'model':
      // What has to be released is not over because nobody has it any more.
      return { exact: 'everywhere', lends: false, lasts: site?.lifetime === 'scoped' };
    case 'editor':
      return { exact: 'outside', lends: true, ends: EDITORS_ENDS };
    case 'real':
      return { exact: 'outside', lends: true };
    case 'subscription':
      return { exact: 'nowhere', lends: false, lasts: true };
    case 'collection':
      return { exact: 'outside', lends: false };
    default:
      return { exact: 'nowhere', lends: false };
  }
}

/** What speaks for the leak decides: a known resource and a class that ends others speak loudest; undefined where too little does. */
function tierOf({ sibling, seen }: ForgottenField, reason: Reason | undefined, { alone, habit, emits }: { readonly alone: boolean; readonly habit: boolean; readonly emits: boolean }): Tier | undefined {
  const strong = reason === 'model' || reason === 'editor' || reason === 'subscription' || reason === 'collection' || (alone && (reason === 'alike' || reason === 'real'));
  if (emits || (!strong && habit)) return seen === 'hidden' && sibling !== undefined ? 'hint' : undefined;
  switch (seen) {
    case 'hidden':
      return strong || reason === 'real' || sibling !== undefined ? 'potential' : undefined;
    // In a class that says nothing of its members, all are as they come.
    case 'unsaid':
      return ((reason === 'model' || reason === 'subscription' || reason === 'editor') && sibling !== undefined) || (reason === 'real' && (sibling !== undefined || alone)) || reason === 'collection' ? 'potential' : undefined;
    // A field that everybody sees may be ended by whoever uses the object.
    case 'shown':
      return (reason === 'model' || reason === 'real' || reason === 'subscription') && sibling !== undefined ? 'potential' : undefined;
  }
}

/** The class has an end of its own, or may inherit one. */
function mayEnd(cls: ClassNode): boolean {
  return factsOf(cls).disposers.length > 0 || cls.superClass !== null;
}
