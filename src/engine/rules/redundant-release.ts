import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowNode } from '../flow/graph';
import type { Obligation } from '../ownership/obligation';
import { methodRelease } from '../ownership/releases';
import type { Scoped } from '../ownership/scoped';
import { acquireOf, isPause, isQuietUntilEnd, scopedBy, usesOf } from '../ownership/scoped';
import type { Context } from '../ownership/context';
import { wrapped } from '../syntax/nodes';
import type { CodeRule } from './code-rule';
import { USING_MENTIONS, acquireRange, heldBy, lastLineOf, obligationOfScope, rangeOf, stepAt } from './scoped-report';

/** A release by hand right before the end of the scope that releases the same. */
export const redundantRelease: CodeRule = {
  id: 'redundant-release',
  mentions: USING_MENTIONS,
  passedAlready: true,
  on: [T.VariableDeclarator],
  suspects: (node, ctx) => (scopedBy(node, ctx) === undefined ? undefined : []),
  judge: (node, given) => {
    const { ctx, obligations } = given;
    const scoped = scopedBy(node, ctx);
    const obligation = scoped && obligationOfScope(scoped, obligations);
    const call = obligation && redundantCall(scoped, obligation, ctx);
    if (scoped === undefined || call === undefined || acquireOf(scoped) === undefined) return [];
    const message = `\`${scoped.name}\` is released at the end of its block on line ${lastLineOf(scoped)} anyway: \`${ctx.excerpt(call)}\` right before says nothing more.`;
    const path = [stepAt(scoped.declarator, `\`${scoped.name}\` is held until its block ends`), stepAt(call, 'and released right before')];
    return [{ ...rangeOf(call), ...heldBy(scoped, given), ...acquireRange(scoped), message, path }];
  },
};

/** The release that is the last thing of the block. One that is followed by more is early on purpose. */
function redundantCall(scoped: Scoped, { site }: Obligation, ctx: Context): TSESTree.CallExpression | undefined {
  for (const { landing, closure } of usesOf(scoped, ctx)) {
    if (landing.to !== 'method' || closure !== undefined || !methodRelease(landing.name, landing.call, site)) continue;
    const outer = wrapped(landing.call).parent;
    const whole = outer?.type === T.AwaitExpression ? outer : landing.call;
    if (whole.parent.type !== T.ExpressionStatement || whole.parent.parent !== scoped.block) continue;
    if (isQuietUntilEnd(whole, scoped, isBusy, ctx)) return landing.call;
  }
  return undefined;
}

function isBusy(node: FlowNode): boolean {
  return isPause(node) || node.kind === 'call' || node.kind === 'iterate';
}
