import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { exitStackMethod, runtimeFunction } from '../ownership/managers';
import { callQuery } from '../ownership/returnedPromise';
import { calleeName, isFunction, staticName, unwrap, unwrapAwait } from '../syntax/nodes';
import type { CodeRule } from './code-rule';
import { RUNTIME_MENTIONS, rangeOf, stepAt } from './scoped-report';

/** Methods that are called for what they do, and that happen to give a boolean. */
const GIVES_BOOLEAN = new Set(['delete', 'kill', 'emit', 'write', 'dispatchEvent', 'unlisten', 'remove', 'send', 'hasRef', 'abort', 'removeListener', 'cancel', 'disconnect', 'close', 'release', 'stop', 'unlock', 'clear', 'destroy']);

/** Of those, the ones that give one on whatever receiver. */
const SURELY_BOOLEAN = new Set(['delete', 'kill', 'emit', 'dispatchEvent']);

/** An exit that returns what its one expression gives: `true`, by accident, suppresses the failure of the body. */
export const exceptionSwallowed: CodeRule = {
  id: 'exception-swallowed',
  mentions: RUNTIME_MENTIONS,
  on: [T.ArrowFunctionExpression],
  suspects: (node, ctx) => {
    const call = returnedByAccident(node);
    return call && exitOf(node, ctx) ? [callQuery(call)] : undefined;
  },
  judge: (node, { ctx }) => {
    const call = returnedByAccident(node);
    if (call === undefined || !exitOf(node, ctx) || !givesBoolean(call, ctx)) return [];
    const message = `This exit returns what \`${ctx.excerpt(call)}\` gives, and \`true\` suppresses the failure of the body. Put the call into a block: \`() => { ${ctx.excerpt(call)}; }\`.`;
    return [{ ...rangeOf(call), resource: 'exit', family: 'disposable', message, path: [stepAt(call, 'its result decides about the failure')] }];
  },
};

/** `() => map.delete(key)`: without a parameter it does not ask about the failure, so it does not mean to suppress it. */
function returnedByAccident(node: TSESTree.Node): TSESTree.CallExpression | undefined {
  if (!isFunction(node) || node.type !== T.ArrowFunctionExpression || node.body.type === T.BlockStatement || node.params.length > 0) return undefined;
  const call = unwrapAwait(node.body);
  return call.type === T.CallExpression && GIVES_BOOLEAN.has(calleeName(call) ?? '') ? call : undefined;
}

/** The function is an exit that is told of failures: given to `push`, or the `exit` of a manager that is written out for the runtime. */
function exitOf(fn: TSESTree.Node, ctx: Context): boolean {
  const { parent } = fn;
  if (parent?.type === T.CallExpression && parent.arguments[0] === fn) return exitStackMethod(parent, ctx)?.name === 'push';
  if (parent?.type !== T.Property || staticName(parent) !== 'exit' || parent.parent.type !== T.ObjectExpression) return false;
  const call = parent.parent.parent;
  if (call.type !== T.CallExpression || !call.arguments.includes(parent.parent)) return false;
  const name = runtimeFunction(call, ctx);
  return name === 'withManaged' || name === 'withManagedSync' || name === 'managed' || ['enter', 'push'].includes(exitStackMethod(call, ctx)?.name ?? '');
}

function givesBoolean(call: TSESTree.CallExpression, ctx: Context): boolean {
  const fact = ctx.callFact(call);
  const sure = SURELY_BOOLEAN.has(calleeName(call) ?? '') && unwrap(call.callee).type === T.MemberExpression;
  if (fact === undefined || fact.result.opaque) return sure;
  return sure && fact.result.primitive;
}
