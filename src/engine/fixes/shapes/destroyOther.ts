import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isResponse } from '../../concurrency/httpStreams';
import { streamOf, usesOf } from '../../concurrency/streams';
import { addsListener } from '../../events/listening';
import type { Context } from '../../ownership/context';
import { unwrap } from '../../syntax/nodes';
import type { Draft, FixMaker } from '../case';
import { ofResource } from '../case';
import { freeName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { endOfLineOf, listOf, statementAround } from '../edit/statements';
import { callAt } from './await';

/** `file.pipe(response);` -> `response.on('close', () => file.destroy());` behind it: what the pipe leaves open goes with the other side. */
export const destroyWithOther: FixMaker = ofResource((given): Draft[] => {
  const { source, ctx, obligation } = given;
  const pipe = callAt(given);
  const callee = pipe && unwrap(pipe.callee);
  const [to] = pipe?.arguments ?? [];
  const statement = pipe && statementAround(pipe);
  if (callee?.type !== T.MemberExpression || to === undefined || to.type === T.SpreadElement || statement?.type !== T.ExpressionStatement || listOf(statement) === undefined) return [];
  const from = callee.object;
  const { call } = obligation.site;
  const holdsSource = streamOf(from, ctx).made === call;
  const [held, other] = holdsSource ? [from, to] : [to, from];
  if (!holdsSource && streamOf(to, ctx).made !== call) return [];
  const event = holdsSource && isResponse(to, ctx) ? 'close' : 'error';
  if (unwrap(other).type !== T.Identifier) return [];
  const plan = new Plan();
  const apart = source.breakAt(statement.range[0]);
  let name = unwrap(held).type === T.Identifier ? source.textOf(held) : undefined;
  if (name === undefined) {
    // `createReadStream(path).pipe(response)`: it gets a name first.
    if (!holdsSource || call.range[0] !== statement.range[0]) return [];
    name = freeName('stream', ctx.bindings, statement);
    plan.insert(statement.range[0], `const ${name} = ${source.textOf(call)}${source.semi}${apart}`);
    plan.replace({ start: call.range[0], end: call.range[1] }, name);
  }
  const { quote } = source;
  const end = endOfLineOf(statement, source);
  plan.insert(end, `${apart}${source.textOf(other)}.on(${quote}${event}${quote}, () => ${name}.destroy())${source.semi}`);
  // The other side may be a file as well, and somebody hears of a failure of this one.
  const back = streamOf(other, ctx).made;
  if (back && given.obligations.some(({ site }) => site.call === back) && hearsOfErrors(held, ctx)) plan.insert(end, `${apart}${name}.on(${quote}error${quote}, () => ${source.textOf(other)}.destroy())${source.semi}`);
  return [{ title: `Destroy \`${name}\` when \`${source.textOf(other)}\` ${event === 'close' ? 'is closed' : 'fails'}`, plan, cautions: [] }];
});

function hearsOfErrors(stream: TSESTree.Node, ctx: Context): boolean {
  return usesOf(streamOf(stream, ctx)).methods.some(({ name, call }) => addsListener(name) && call.arguments[0]?.type === T.Literal && call.arguments[0].value === 'error');
}
