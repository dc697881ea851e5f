import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { disposalOf, disposalQuestion, isCheckedByCompiler } from '../ownership/disposal';
import { scopedBy } from '../ownership/scoped';
import type { CodeRule } from './code-rule';
import { USING_MENTIONS, acquireRange, heldBy, obligationOfScope, rangeOf, stepAt } from './scoped-report';

/** `using` on what has no dispose symbol at all. TypeScript tells of that by itself, where it knows the type. */
export const unsupportedUsing: CodeRule = {
  id: 'unsupported-using',
  mentions: USING_MENTIONS,
  passedAlready: true,
  on: [T.VariableDeclarator],
  suspects: (node, ctx) => {
    const scoped = scopedBy(node, ctx);
    return scoped?.init === undefined ? undefined : disposalQuestion(scoped);
  },
  judge: (node, given) => {
    const { ctx, obligations } = given;
    const scoped = scopedBy(node, ctx);
    const disposal = scoped && disposalOf(scoped, obligations, ctx);
    if (scoped === undefined || disposal === undefined || disposal.dispose || disposal.asyncDispose || isCheckedByCompiler(scoped, ctx)) return [];
    const obligation = obligationOfScope(scoped, obligations);
    const library = obligation && ctx.models.libraryOf(obligation.site.resource);
    // What a package of a newer version may have got, a model cannot exclude; of the platform it knows.
    const certain = disposal.by !== 'model' || library?.global === true || library?.library.startsWith('node:') === true;
    const message = `\`${scoped.name}\` has neither \`Symbol.dispose\` nor \`Symbol.asyncDispose\`: \`${scoped.awaited ? 'await using' : 'using'}\` throws a TypeError. Adopt it in a stack, or release it in a \`finally\`.`;
    return [{ ...rangeOf(scoped.init ?? node), ...heldBy(scoped, given), ...acquireRange(scoped), message, tier: certain ? 'definite' : 'potential', path: [stepAt(node, `\`${scoped.name}\` is declared here`)] }];
  },
};
