import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { CallQuery } from '../facts';
import { calleeName } from '../syntax/nodes';
import type { CallNode } from '../syntax/nodes';
import type { Context } from './context';
import type { Obligation } from './obligation';

/** Functions whose name says that they may not come back; their type tells. */
const MAY_NOT_RETURN = /^(fail|throw|panic|abort|exit|die|fatal|never|unreachable|bail|raise|reject|assertNever|quit)|(Error|OrThrow|Unreachable|Never)$/;

/** What the first look left open: what unknown callees declare of their parameters, and which calls never return. */
export function openQuestions(obligations: readonly Obligation[], ctx: Context): CallQuery[] {
  const calls = new Set<CallNode>();
  for (const { effects, input } of obligations) {
    for (const effect of effects.effects) if (effect.kind === 'unknown' && effect.call) calls.add(effect.call);
    for (const node of input.graph.nodes) {
      const { ast } = node;
      if (node.kind === 'call' && ast.type === T.CallExpression && MAY_NOT_RETURN.test(calleeName(ast) ?? '')) calls.add(ast);
    }
  }
  return [...calls].map((call): CallQuery => ({ kind: 'call', start: call.range[0], end: call.range[1] })).filter((query) => !ctx.asked(query));
}
