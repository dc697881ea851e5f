import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { exitStackMethod } from '../ownership/managers';
import { callQuery } from '../ownership/returnedPromise';
import { calleeName, unwrap } from '../syntax/nodes';
import type { CodeRule } from './code-rule';
import { RUNTIME_MENTIONS, rangeOf, stepAt } from './scoped-report';

/** Entering a manager on an asynchronous stack gives a promise: dropped, the body runs on before the manager has entered. */
export const enteredValueIgnored: CodeRule = {
  id: 'entered-value-ignored',
  mentions: RUNTIME_MENTIONS,
  on: [T.ExpressionStatement],
  suspects: (node) => {
    const call = droppedEnter(node);
    return call && [callQuery(call)];
  },
  judge: (node, { ctx }) => {
    const call = droppedEnter(node);
    if (call === undefined || !isEntered(call, ctx)) return [];
    const message = `\`${ctx.excerpt(call)}\` gives a promise that nothing awaits: the code goes on before the manager has entered, and a failure to enter is lost.`;
    return [{ ...rangeOf(call), resource: 'manager', family: 'disposable', message, path: [stepAt(call, 'the promise is thrown away')] }];
  },
};

function droppedEnter(node: TSESTree.Node): TSESTree.CallExpression | undefined {
  const call = node.type === T.ExpressionStatement ? unwrap(node.expression) : undefined;
  return call?.type === T.CallExpression && ['enter', 'enterAll'].includes(calleeName(call) ?? '') ? call : undefined;
}

function isEntered(call: TSESTree.CallExpression, ctx: Context): boolean {
  return exitStackMethod(call, ctx)?.async === true && call.arguments.length > 0;
}
