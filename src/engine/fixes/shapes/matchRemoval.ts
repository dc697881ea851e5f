import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { mismatchOf } from '../../events/identity';
import { captureOf } from '../../events/listening';
import type { Draft, FixMaker } from '../case';
import { Plan } from '../edit/plan';
import { nodesAt } from '../locate';

/** `removeEventListener('keydown', f)` -> `removeEventListener('keydown', f, true)`: the phase in which the listener was added. */
export const makeMatchRemoval: FixMaker = ({ finding, source, ctx }): Draft[] => {
  const call = nodesAt(source.module.ast, finding).find((node) => node.type === T.CallExpression);
  const mismatch = call?.type === T.CallExpression ? mismatchOf(call, ctx) : undefined;
  if (call?.type !== T.CallExpression || mismatch?.why !== 'capture') return [];
  const [, , added] = mismatch.added.arguments;
  const [, listener, removed] = call.arguments;
  if (listener === undefined) return [];
  const capture = String(captureOf(added) === true);
  const plan = new Plan();
  if (removed === undefined) plan.insert(listener.range[1], `, ${capture}`);
  else plan.replace({ start: removed.range[0], end: removed.range[1] }, capture);
  return [{ title: `Take it off in the phase in which it was added: \`${capture}\``, plan, cautions: [] }];
};
