import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import type { Obligation } from '../ownership/obligation';
import { unwrap, unwrapAwait, within } from '../syntax/nodes';
import type { CodeRule } from './code-rule';
import { OBLIGATIONS_MENTION, rangeOf, stepAt } from './scoped-report';

/** The release is right, by `try` and `finally`, and `using` would say the same in one word. */
export const preferUsing: CodeRule = {
  id: 'prefer-using',
  mentions: OBLIGATIONS_MENTION,
  passedAlready: true,
  on: [T.Program],
  suspects: () => [],
  judge: (_, { ctx, obligations }) =>
    obligations.flatMap((obligation) => {
      const { site, name } = obligation;
      const keyword = keywordFor(obligation, ctx);
      const cleanup = keyword && cleanupOf(obligation, ctx);
      if (keyword === undefined || cleanup === undefined || name === undefined) return [];
      const message = `\`${name}\` is released by \`finally\` alone: \`${keyword} ${name} = ...\` does the same, and needs no \`try\`.`;
      return [{ ...rangeOf(site.call), acquire: rangeOf(site.call), resource: site.resource.noun, family: site.resource.family, message, path: [stepAt(site.call, `\`${name}\` is acquired`), stepAt(cleanup, 'and released here on every path')] }];
    }),
};

/** What would declare it; undefined where it has no symbol, or where it is not known that the declaration can be run. */
function keywordFor({ site }: Obligation, ctx: Context): 'using' | 'await using' | undefined {
  if (site.certainty !== 'proof' || site.holder.in !== 'result') return undefined;
  if (/\.[cm]?jsx?$/i.test(ctx.module.path) && !/\busing\s+[\w$]+\s*=/.test(ctx.module.text)) return undefined;
  const { disposable, releases } = site.resource;
  const type = ctx.callFact(site.call)?.result;
  const known = type !== undefined && !type.opaque;
  const sync = known ? type.dispose : disposable?.symbol === 'dispose' || disposable?.symbol === 'both';
  const async = known ? type.asyncDispose : disposable?.symbol === 'asyncDispose' || disposable?.symbol === 'both';
  if (sync && releases.some((release) => !release.async)) return 'using';
  return async ? 'await using' : undefined;
}

/** The `finally` whose one statement is the release, of a `try` right behind the declaration. */
function cleanupOf({ site, landings, effects }: Obligation, ctx: Context): TSESTree.BlockStatement | undefined {
  const [landing, ...more] = landings;
  if (landing?.to !== 'variable' || landing.using || more.length > 0 || landing.path.length > 0 || landing.at.type !== T.VariableDeclarator) return undefined;
  const declaration = landing.at.parent;
  const variable = ctx.bindings.variableOf(landing.id);
  if (variable === undefined || declaration.declarations.length !== 1 || unwrapAwait(landing.at.init ?? landing.id) !== site.call || ctx.bindings.writesOf(variable).length !== 1) return undefined;
  const block = declaration.parent;
  if (block.type !== T.BlockStatement && block.type !== T.Program) return undefined;
  const next = block.body[block.body.indexOf(declaration) + 1];
  if (next?.type !== T.TryStatement || next.finalizer === null) return undefined;
  const [only, ...others] = next.finalizer.body;
  const released = effects.effects.find((effect) => effect.kind === 'release' && effect.call !== undefined && only !== undefined && within(effect.call, only));
  if (others.length > 0 || only?.type !== T.ExpressionStatement || released?.call === undefined || unwrapAwait(unwrap(only.expression)) !== released.call) return undefined;
  const { handler } = next;
  const elsewhere = variable.references.some(({ identifier }) => identifier.range[0] > next.range[1] || (handler !== null && within(identifier, handler)));
  return elsewhere ? undefined : next.finalizer;
}
