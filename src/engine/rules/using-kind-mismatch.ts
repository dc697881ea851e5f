import { isCheckedByCompiler } from '../ownership/disposal';
import { disposalRule } from './disposal-rule';

/** `using` on what can only be released asynchronously; `await using` on what never makes anybody wait. TypeScript tells of the former by itself. */
export const usingKindMismatch = disposalRule('using-kind-mismatch', (scoped, { dispose, asyncDispose, by }, { ctx }) => {
  if (!scoped.awaited && asyncDispose && !dispose && !isCheckedByCompiler(scoped, ctx)) {
    return { message: `\`${scoped.name}\` can only be released asynchronously: \`using\` finds no \`Symbol.dispose\` and throws a TypeError. Write \`await using\`.` };
  }
  if (scoped.awaited && dispose && !asyncDispose && by !== 'model') {
    return { tier: 'hint', message: `\`${scoped.name}\` is released synchronously: \`await using\` waits for nothing, and \`using\` says so.` };
  }
  return undefined;
});
