import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isAsync, rootOf, wrapped } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { Draft, FixCase, FixMaker } from '../case';
import { Plan } from '../edit/plan';

/** Adds the `await` that an acquire or a release lacks, where the function may wait. */
export const makeAwait: FixMaker = (given): Draft[] => {
  const call = callAt(given);
  if (call === undefined || !isAsync(rootOf(call))) return [];
  const whole = wrapped(call);
  if (whole.parent?.type === T.AwaitExpression) return [];
  const plan = new Plan();
  const [start, end] = whole.range;
  const { parent } = whole;
  const tight = (parent?.type === T.MemberExpression && parent.object === whole) || ((parent?.type === T.CallExpression || parent?.type === T.NewExpression) && parent.callee === whole);
  const beginsStatement = tight && !given.source.semicolons && given.source.beginsLine(start);
  if (tight) plan.insert(start, `${beginsStatement ? ';' : ''}(await `).insert(end, ')');
  else plan.insert(start, 'await ');
  const release = given.finding.rule === 'unawaited-release';
  const title = release ? `Await the release \`${given.ctx.excerpt(call, 40)}\`` : `Await \`${given.ctx.excerpt(call, 40)}\``;
  const cautions = [release ? 'What follows waits for the release, and an error of it reaches the caller.' : 'What follows waits for the acquire, and an error of it reaches the caller.'];
  return [{ title, plan, cautions }];
};

/** The call that the finding is about. */
export function callAt({ finding, source }: FixCase): TSESTree.CallExpression | TSESTree.NewExpression | undefined {
  let found: TSESTree.CallExpression | TSESTree.NewExpression | undefined;
  walk(source.module.ast, (node) => {
    if ((node.type === T.CallExpression || node.type === T.NewExpression) && node.range[0] === finding.start && node.range[1] === finding.end) found = node;
  });
  return found;
}
