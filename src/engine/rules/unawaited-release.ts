import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { isAsync, rootOf, wrapped } from '../syntax/nodes';
import type { MisuseRule } from './rule';

/** An asynchronous release whose promise nobody waits for: its failure is lost, and what follows may run before it is done. */
export const unawaitedRelease: MisuseRule = {
  id: 'unawaited-release',
  message: (effect, { site, name }, ctx) => {
    const { call, release } = effect;
    if (effect.kind !== 'release' || call === undefined || !release?.async) return undefined;
    if (wrapped(call).parent?.type !== T.ExpressionStatement || !isAsync(rootOf(call))) return undefined;
    return `\`${ctx.excerpt(call)}\` gives a promise that nothing awaits: the ${site.resource.noun}${name === undefined ? '' : ` \`${name}\``} is released later, and its failure is lost.`;
  },
};
