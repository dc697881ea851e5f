import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { effectOf } from '../../events/effects';
import { listeningOf } from '../../events/listening';
import { calleeName, rootOf, wrapped } from '../../syntax/nodes';
import type { Draft, FixCase, FixMaker } from '../case';
import { freeName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { endOfLineOf, listOf } from '../edit/statements';
import { callAt } from './await';
import { capturesOrUnknown, isConstant, nameOf } from './removeListener';

/** `useEffect(() => { setInterval(f, 10); });` -> `const interval = setInterval(f, 10); return () => clearInterval(interval);`. */
export const makeEffectCleanup: FixMaker = (given): Draft[] => {
  const { source, ctx } = given;
  const call = callAt(given);
  const begins = call && rootOf(call).parent;
  const effect = begins && effectOf(begins, ctx);
  const body = effect?.gives === false ? effect.fn.body : undefined;
  const statement = call && statementOf(call);
  if (call?.type !== T.CallExpression || body?.type !== T.BlockStatement || statement === undefined || listOf(statement) !== body) return [];
  const last = body.body.at(-1);
  const plan = new Plan();
  const cleanup = undo(plan, call, statement, given);
  if (cleanup === undefined || last === undefined || last.type === T.ReturnStatement || last.type === T.ThrowStatement) return [];
  plan.insert(endOfLineOf(last, source), `${source.breakAt(last.range[0])}return () => ${cleanup}${source.semi}`);
  return [{ title: 'Undo it when the effect ends: return a cleanup', plan, cautions: [] }];
};

/** The statement that is the call, or declares what it gives. */
function statementOf(call: TSESTree.Node): TSESTree.ExpressionStatement | TSESTree.VariableDeclaration | undefined {
  const { parent } = wrapped(call);
  if (parent?.type === T.ExpressionStatement) return parent;
  return parent?.type === T.VariableDeclarator && parent.id.type === T.Identifier && parent.parent.kind === 'const' ? parent.parent : undefined;
}

/** The code that takes it back; what it needs a name for gets one. */
function undo(plan: Plan, call: TSESTree.CallExpression, statement: TSESTree.ExpressionStatement | TSESTree.VariableDeclaration, given: FixCase): string | undefined {
  const { source, ctx } = given;
  const [start] = statement.range;
  if (calleeName(call) === 'setInterval' && call.callee.type === T.Identifier) {
    const declared = statement.type === T.VariableDeclaration ? ctx.textOf(statement.declarations[0].id) : undefined;
    const name = declared ?? freeName('interval', ctx.bindings, call);
    if (declared === undefined) plan.insert(start, `const ${name} = `);
    return `clearInterval(${name})`;
  }
  const listening = statement.type === T.ExpressionStatement ? listeningOf(call) : undefined;
  const listener = listening && nameOf(listening, given);
  if (listening === undefined || listener === undefined || listening.once || listening.signalled || !(isGlobal(listening.target, given) || isConstant(listening.target, given)) || capturesOrUnknown(listening)) return undefined;
  if (listener.hoisted !== undefined) {
    plan.insert(start, `const ${listener.name} = ${listener.hoisted}${source.semi}${source.breakAt(start)}`);
    plan.replace({ start: listening.listener.range[0], end: listening.listener.range[1] }, listener.name);
  }
  return `${source.textOf(listening.target)}.${listening.removers[0] ?? ''}(${source.textOf(listening.event)}, ${listener.name})`;
}

/** `window`, `document`. */
function isGlobal(target: TSESTree.Node, { ctx }: FixCase): boolean {
  return target.type === T.Identifier && ctx.bindings.isGlobal(target);
}
