import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Listening } from '../../events/listening';
import { captureOf, listeningOf } from '../../events/listening';
import { isAsync, isFunction, rootOf, staticName, unwrap, wrapped } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { Draft, FixCase, FixMaker } from '../case';
import { freeName, importName } from '../edit/imports';
import { Plan } from '../edit/plan';
import { endOfLineOf, listOf, statementsOf } from '../edit/statements';
import { listenerText, nameFor } from '../scope/namedListener';
import { callAt } from './await';

/**
 * `signal.addEventListener('abort', onAbort);` in an async function -> `using _listener = defer(() => signal.removeEventListener('abort', onAbort));`
 * behind it. A listener that is written in place gets a name first.
 */
export const makeRemoveListener: FixMaker = (given): Draft[] => {
  const { source, ability, ctx } = given;
  const call = callAt(given);
  const listening = call?.type === T.CallExpression ? listeningOf(call) : undefined;
  const statement = call && wrapped(call).parent;
  if (!ability.using || listening === undefined || statement?.type !== T.ExpressionStatement || !endsWithItsWork(statement, given)) return [];
  const listener = nameOf(listening, given);
  if (listener === undefined || !isConstant(listening.target, given) || capturesOrUnknown(listening)) return [];
  const imported = importName('defer', ability.runtime.specifier, source, ctx.bindings, ability);
  if (imported === undefined) return [];
  const plan = new Plan();
  imported.apply(plan);
  const apart = source.breakAt(statement.range[0]);
  if (listener.hoisted !== undefined) {
    plan.insert(statement.range[0], `const ${listener.name} = ${listener.hoisted}${source.semi}${apart}`);
    plan.replace({ start: listening.listener.range[0], end: listening.listener.range[1] }, listener.name);
  }
  const optional = unwrap(listening.call.callee);
  const dot = optional.type === T.MemberExpression && optional.optional ? '?.' : '.';
  const remove = `${source.textOf(listening.target)}${dot}${listening.removers[0] ?? ''}(${source.textOf(listening.event)}, ${listener.name})`;
  plan.insert(endOfLineOf(statement, source), `${apart}using ${freeName('_listener', ctx.bindings, statement)} = ${imported.local}(() => ${remove})${source.semi}`);
  return [{ title: `Take the listener off \`${ctx.excerpt(listening.target)}\` when the function ends: \`${imported.local}\``, plan, cautions: [], usesRuntime: true }];
};

/** The statement is one of an async function's own, which waits for work behind it and gives nothing back that is still going on. */
function endsWithItsWork(statement: TSESTree.ExpressionStatement, { ctx }: FixCase): boolean {
  const fn = rootOf(statement);
  const list = listOf(statement);
  if (!isFunction(fn) || !isAsync(fn) || list === undefined || fn.body !== list) return false;
  const later = statementsOf(list).filter((other) => other.range[0] > statement.range[0]);
  let waits = false;
  let goesOn = false;
  for (const other of later) {
    walk(other, (node) => {
      if (rootOf(node) !== fn) return;
      if (node.type === T.AwaitExpression || (node.type === T.ForOfStatement && node.await)) waits = true;
      if (node.type !== T.ReturnStatement || node.argument === null) return;
      const value = unwrap(node.argument);
      const variable = value.type === T.Identifier ? ctx.bindings.variableOf(value) : undefined;
      const made = unwrap((variable && ctx.bindings.onlyValueOf(variable)) ?? value);
      // What a call gives may be a promise of work that is still going on, and so may anything that is made of several values.
      if (!/^(?:Await|Member|Array|Unary|Binary|TemplateLiteral|Identifier|Literal)/.test(made.type) || holdsCall(made)) goesOn = true;
    });
  }
  return waits && !goesOn;
}

function holdsCall(value: TSESTree.Node): boolean {
  if (value.type === T.AwaitExpression) return false;
  let found = false;
  walk(value, (node) => {
    if ((node.type === T.CallExpression || node.type === T.NewExpression || node.type === T.ImportExpression) && node.parent?.type !== T.AwaitExpression) found = true;
  });
  return found;
}

/** How the listener is called: by its name, or by the one that it gets, with the text of what gets it. */
export function nameOf(listening: Listening, given: FixCase): { readonly name: string; readonly hoisted?: string } | undefined {
  const { bindings } = given.ctx;
  const node = unwrap(listening.listener);
  if (node.type === T.Identifier) {
    const variable = bindings.variableOf(node);
    return variable !== undefined && bindings.writesOf(variable).length <= 1 ? { name: node.name } : undefined;
  }
  const text = node.type === T.ArrowFunctionExpression ? listenerText(listening, given) : undefined;
  return text === undefined ? undefined : { name: freeName(nameFor(listening), bindings, listening.call), hoisted: text };
}

/** The same object when the function ends: a name that is never written again, or a member of one. */
export function isConstant(target: TSESTree.Node, given: FixCase): boolean {
  const node = unwrap(target);
  if (node.type === T.MemberExpression) return staticName(node) !== undefined && isConstant(node.object, given);
  if (node.type === T.ThisExpression) return true;
  const variable = node.type === T.Identifier ? given.ctx.bindings.variableOf(node) : undefined;
  return variable?.references.every((reference) => !reference.isWrite() || reference.init === true) ?? false;
}

/** A listener that captures has to be taken off as such. */
export function capturesOrUnknown({ call }: Listening): boolean {
  return captureOf(call.arguments[2]) !== false;
}
