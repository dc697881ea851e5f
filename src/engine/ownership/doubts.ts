import type { Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Tier } from '../findings';
import type { FlowRoot } from '../flow/graph';
import { rootOf, within } from '../syntax/nodes';
import { Closures } from './closures';
import type { Effects } from './collect';
import type { Context } from './context';
import type { Obligation } from './obligation';
import { mentionsOf } from './place';
import { isPull } from './pulls';
import type { Leak } from './search';
import type { Doubt } from './trace';

/** What in the circumstances takes a tier off: what is captured and lives on; an owner in the making that is not there yet. */
export function doubtsOf(obligation: Obligation, leak: Leak, released: boolean, ctx: Context): readonly Doubt[] {
  const { effects, site } = obligation;
  if (released) {
    if (flagsThatSkip(leak, effects, ctx).length > 0) return ['flagged'];
    if (site.lifetime === 'scoped') return [];
    // Of what may well outlive the function only a release in its own code says that it should not.
    const direct = effects.effects.some((effect) => effect.kind === 'release' && effect.from !== '*');
    return site.lifetime === 'process' && leak.how === 'throw' && direct ? [] : ['kept-long'];
  }
  if (capturing(obligation, ctx).livesOn) return ['captured'];
  if (leak.how === 'throw' && effects.effects.some((effect) => effect.kind === 'transfer' && effect.how !== 'returned')) return ['owner-in-the-making'];
  // A path that only skips the way out to another owner may be one on which there is no such owner to be.
  return leak.how === 'end' && effects.effects.some((effect) => effect.kind === 'transfer') ? ['skips-transfer'] : [];
}

/** The most that a leak may be called before doubts come on top of that. */
export function limitOf(obligation: Obligation, released: boolean, doubts: readonly Doubt[], ctx: Context): Tier {
  if (released) return 'definite';
  // A model's limit says what a sure leak is worth.
  if (doubts.length > 0) return obligation.site.resource.atMost ?? 'definite';
  // What a callback uses that somebody was given may be in use yet, whatever his name says.
  return capturing(obligation, ctx).escapes ? 'potential' : 'definite';
}

/** Whether functions inside use the resource that are given away; and whether one of them may be called when this function is over. */
function capturing({ effects, root, site }: Obligation, ctx: Context): { readonly escapes: boolean; readonly livesOn: boolean } {
  const closures = new Closures(root, ctx);
  const users = effects.places.flatMap((place) => mentionsOf(place, root).flatMap((mention) => (rootOf(mention.node) === root ? [] : (closures.around(mention.node) ?? []))));
  return { escapes: users.some((closure) => closures.escapes(closure)), livesOn: users.some((closure) => closures.livesOn(closure) && !(site.resource.drained !== undefined && isPull(closure))) };
}

/** Flags that a nested function sets and by which the path leaves a release out (`if (!timedOut) await client.end()`): somebody thought of it. */
function flagsThatSkip(leak: Leak, { effects, root }: Effects, ctx: Context): Variable[] {
  return leak.path.flatMap(({ node }) => {
    const flag = node.kind === 'test' ? flagOf(node.ast, root, ctx) : undefined;
    const guarded = flag && ifStatementOf(node.ast);
    return flag !== undefined && guarded !== undefined && effects.some((effect) => effect.kind === 'release' && within(effect.at, guarded)) ? [flag] : [];
  });
}

/** The variable of this function that the condition asks and that a function inside of it writes. */
function flagOf(test: TSESTree.Node, root: FlowRoot, ctx: Context): Variable | undefined {
  const name = test.type === T.UnaryExpression && test.operator === '!' ? test.argument : test;
  const variable = name.type === T.Identifier ? ctx.bindings.variableOf(name) : undefined;
  return variable?.references.some((reference) => reference.isWrite() && rootOf(reference.identifier) !== root) ? variable : undefined;
}

/** `use(file, () => { handedOver = true; })`: who is given the resource is given the function that sets such a flag, too, and says by it that he has it. */
export function isTakenByWord(leak: Leak, effects: Effects, ctx: Context): boolean {
  const setters = flagsThatSkip(leak, effects, ctx).flatMap((flag) => flag.references.filter((reference) => reference.isWrite()).map(({ identifier }) => rootOf(identifier)));
  return effects.effects.some(({ kind, call }) => (kind === 'unknown' || kind === 'transfer') && call?.arguments.some((argument) => setters.some((setter) => setter === argument)) === true);
}

/** The statement that the condition, or the negation or conjunction around it, decides. */
function ifStatementOf(test: TSESTree.Node): TSESTree.IfStatement | undefined {
  let at = test;
  while (at.parent?.type === T.UnaryExpression || at.parent?.type === T.LogicalExpression) at = at.parent;
  return at.parent?.type === T.IfStatement && at.parent.test === at ? at.parent : undefined;
}
