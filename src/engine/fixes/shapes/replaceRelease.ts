import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import { calleeName, unwrap, wrapped } from '../../syntax/nodes';
import type { Draft } from '../case';
import { ofResource } from '../case';
import { Plan } from '../edit/plan';
import { callAt } from './await';

/** `client.end()` -> `client.release()`: the method that gives this resource back. */
export const makeReplaceRelease = ofResource((given): Draft[] => {
  const call = callAt(given);
  const callee = call && unwrap(call.callee);
  if (call === undefined || callee?.type !== T.MemberExpression || callee.computed || call.arguments.length > 0) return [];
  const { resource } = given.obligation.site;
  const wrong = resource.wrong?.find((one) => one.method === calleeName(call));
  const right = wrong && resource.releases.find((release) => release.method === wrong.instead && release.on === undefined);
  if (right === undefined || wrong === undefined) return [];
  const plan = new Plan();
  plan.replace({ start: callee.property.range[0], end: callee.property.range[1] }, wrong.instead);
  const { parent } = wrapped(call);
  // There is nothing to wait for any more.
  if (parent?.type === T.AwaitExpression && !right.async && parent.parent.type === T.ExpressionStatement) plan.remove({ start: parent.range[0], end: parent.argument.range[0] });
  return [{ title: `Call \`${wrong.instead}\` in place of \`${wrong.method}\``, plan, cautions: [] }];
});
