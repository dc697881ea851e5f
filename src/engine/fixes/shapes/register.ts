import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { droppedAt } from '../../events/dropped';
import { isFunction, thisOwner, unwrap, within, wrapped } from '../../syntax/nodes';
import type { Draft, FixCase, FixMaker } from '../case';
import { Plan } from '../edit/plan';
import { callAt } from './await';

/** `source.onChange(f);` -> `this.toDispose.push(source.onChange(f));`: kept where its siblings are, or by the extension's context. */
export const makeRegister: FixMaker = (given): Draft[] => {
  const call = callAt(given);
  if (call?.type !== T.CallExpression) return [];
  const statement = wrapped(call).parent;
  const evidence = droppedAt(call, given.ctx)?.evidence;
  const sink = (evidence?.kind === 'sibling' ? sinkOf(evidence.sibling, call, given) : undefined) ?? contextAround(call);
  if (sink === undefined || statement?.type !== T.ExpressionStatement) return [];
  const [start, end] = statement.expression.range;
  const plan = new Plan().insert(start, `${sink}(`).insert(end, ')');
  return [{ title: `Keep it to be disposed of: \`${sink}(...)\``, plan, cautions: [], within: { start, end } }];
};

/** What the sibling is given to, if that means the same where the call stands. */
function sinkOf(sibling: TSESTree.Node, call: TSESTree.Node, { ctx, source }: FixCase): string | undefined {
  const outer = wrapped(sibling);
  const sink = outer.parent;
  if (sink?.type !== T.CallExpression || !sink.arguments.some((argument) => argument === outer) || sink.optional) return undefined;
  let root: TSESTree.Node = unwrap(sink.callee);
  while (root.type === T.MemberExpression && !root.computed && !root.optional) root = unwrap(root.object);
  if (root.type === T.ThisExpression) return thisOwner(sink) === thisOwner(call) || sameClass(sink, call) ? source.textOf(sink.callee) : undefined;
  const variable = root.type === T.Identifier ? ctx.bindings.variableOf(root) : undefined;
  const declared = variable?.defs[0]?.name;
  if (variable === undefined || declared === undefined || !within(call, variable.scope.block) || declared.range[0] > call.range[0]) return undefined;
  return source.textOf(sink.callee);
}

function sameClass(one: TSESTree.Node, other: TSESTree.Node): boolean {
  const member = (node: TSESTree.Node): TSESTree.Node | undefined => thisOwner(node).parent?.parent;
  return member(one) !== undefined && member(one)?.type === T.ClassBody && member(one) === member(other);
}

/** `context.subscriptions.push`, where a function around the call is given the extension's context. */
function contextAround(call: TSESTree.Node): string | undefined {
  for (let at = call.parent; at !== undefined; at = at.parent) {
    if (!isFunction(at)) continue;
    const context = at.params.find((parameter) => parameter.type === T.Identifier && isContext(parameter));
    if (context?.type === T.Identifier) return `${context.name}.subscriptions.push`;
  }
  return undefined;
}

function isContext({ typeAnnotation }: TSESTree.Identifier): boolean {
  const type = typeAnnotation?.typeAnnotation;
  if (type?.type !== T.TSTypeReference) return false;
  const name = type.typeName.type === T.TSQualifiedName ? type.typeName.right : type.typeName;
  return name.type === T.Identifier && name.name === 'ExtensionContext';
}
