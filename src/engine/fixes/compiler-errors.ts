import type { TSESTree } from '@typescript-eslint/types';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { AnalyseOptions, SourceModule } from '../analyse';
import { analyse } from '../analyse';
import type { Answers, Query } from '../facts';
import type { Finding, Range } from '../findings';
import type { Context } from '../ownership/context';
import { disposalOf, disposalQuestion } from '../ownership/disposal';
import type { Obligation } from '../ownership/obligation';
import { acquireOf, scopedBy } from '../ownership/scoped';
import { Source } from './edit/source';
import type { Fix, FixAbility } from './fix';
import { makeFixes, obligationAt } from './fixes-of';
import { nodesAt } from './locate';

/** What TypeScript says of a `using` and an `await using` whose value lacks the symbol. The rules leave it to the compiler, and repair it all the same. */
export const REPAIRED_COMPILER_ERRORS: ReadonlySet<number> = new Set([2850, 2851]);

/**
 * Makes the fixes of such an error, given by its range: the other keyword where the value has the other symbol, else a stack that adopts
 * it. A coroutine as `fixesOf` is; the module's tree has to have its comments.
 */
export function* fixesOfCompilerError(module: SourceModule, range: Range, ability: FixAbility, options: AnalyseOptions = {}): Generator<readonly Query[], readonly Fix[], Answers> {
  const obligations: Obligation[] = [];
  let known: Context | undefined;
  yield* analyse(module, {
    ...options,
    onContext: (ctx) => {
      options.onContext?.(ctx);
      known = ctx;
    },
    onObligation: (obligation, ...told) => {
      options.onObligation?.(obligation, ...told);
      obligations.push(obligation);
    },
  });
  if (known === undefined) return [];
  const ctx: Context = known;
  const declarator = declaratorAround(nodesAt(module.ast, range).at(-1));
  const scoped = declarator && scopedBy(declarator, ctx);
  const call = scoped && acquireOf(scoped);
  if (scoped === undefined) return [];
  const questions = disposalQuestion(scoped).filter((query) => !ctx.asked(query));
  if (questions.length > 0) ctx.learn(questions, yield questions);
  const swaps = !scoped.awaited && disposalOf(scoped, obligations, ctx)?.asyncDispose === true;
  const acquire = call ? { start: call.range[0], end: call.range[1] } : range;
  const finding: Finding = { rule: swaps ? 'using-kind-mismatch' : 'unsupported-using', tier: 'definite', ...range, acquire, message: '', resource: scoped.name, family: 'disposable', path: [] };
  return makeFixes({ finding, obligation: obligationAt(finding, obligations), obligations, ctx, source: new Source(module), ability });
}

function declaratorAround(node: TSESTree.Node | undefined): TSESTree.VariableDeclarator | undefined {
  for (let at = node; at !== undefined; at = at.parent) if (at.type === T.VariableDeclarator) return at;
  return undefined;
}
