import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { disposalOf, disposalQuestion, isCheckedByCompiler } from '../ownership/disposal';
import { scopedBy } from '../ownership/scoped';
import type { CodeRule } from './code-rule';
import { USING_MENTIONS, acquireRange, heldBy, rangeOf, stepAt } from './scoped-report';

/** `using` on what can only be released asynchronously; `await using` on what never makes anybody wait. TypeScript tells of the former by itself. */
export const usingKindMismatch: CodeRule = {
  id: 'using-kind-mismatch',
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
    if (scoped === undefined || disposal === undefined) return [];
    const { dispose, asyncDispose, by } = disposal;
    const about = { ...rangeOf(scoped.init ?? node), ...heldBy(scoped, given), ...acquireRange(scoped), path: [stepAt(node, `\`${scoped.name}\` is declared here`)] };
    if (!scoped.awaited && asyncDispose && !dispose && !isCheckedByCompiler(scoped, ctx)) {
      return [{ ...about, message: `\`${scoped.name}\` can only be released asynchronously: \`using\` finds no \`Symbol.dispose\` and throws a TypeError. Write \`await using\`.` }];
    }
    if (scoped.awaited && dispose && !asyncDispose && by !== 'model') {
      return [{ ...about, tier: 'hint', message: `\`${scoped.name}\` is released synchronously: \`await using\` waits for nothing, and \`using\` says so.` }];
    }
    return [];
  },
};
