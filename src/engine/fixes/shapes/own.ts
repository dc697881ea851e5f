import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { listeningOf } from '../../events/listening';
import { classAround, factsOf, isDisposer } from '../../events/owners';
import type { ClassNode } from '../../syntax/nodes';
import { isAsync, rootOf, staticName, unwrap, within, wrapped } from '../../syntax/nodes';
import { isNothing } from '../../syntax/values';
import { walk } from '../../syntax/visit';
import type { Draft, FixCase, FixMaker } from '../case';
import type { Imported } from '../edit/imports';
import { Plan } from '../edit/plan';
import type { Source } from '../edit/source';
import { endOfLineOf } from '../edit/statements';
import { modelRelease } from '../scope/releaseCode';
import { callAt } from './await';

/** The method by which an object ends. */
interface Disposer {
  readonly name: string;
  readonly body: TSESTree.BlockStatement;
  readonly async: boolean;
}

/** `this.images.close();` at the end of the method by which the object ends. */
export const makeOwn: FixMaker = (given): Draft[] => {
  const call = callAt(given);
  const cls = call && classAround(call);
  const field = call && fieldOf(call);
  const disposer = cls && disposerOf(cls);
  if (call === undefined || cls === undefined || field === undefined || disposer === undefined) return [];
  const release = releaseOf(call, field, cls, disposer, given);
  if (release === undefined || (release.async && !disposer.async)) return [];
  const plan = new Plan();
  release.imported?.apply(plan);
  append(plan, disposer.body, `${release.async ? 'await ' : ''}${release.text}${given.source.semi}`, given.source);
  const cautions = returnsEarly(disposer.body) ? [`\`${disposer.name}\` may return before it.`] : [];
  return [{ title: `Release \`this.${field}\` in \`${disposer.name}\``, plan, cautions, within: { start: cls.range[0], end: cls.range[1] } }];
};

/** `window.removeEventListener('resize', this.onResize);` at the end of the method by which the object ends. */
export const makeOwnListener: FixMaker = (given): Draft[] => {
  const { source, ctx } = given;
  const call = callAt(given);
  const listening = call?.type === T.CallExpression ? listeningOf(call) : undefined;
  const cls = call && classAround(call);
  const disposer = cls && disposerOf(cls);
  if (given.finding.rule !== 'listener-not-removed' || listening === undefined || cls === undefined || disposer === undefined || listening.call.arguments.length > 2) return [];
  const listener = unwrap(listening.listener);
  if (listener.type !== T.MemberExpression || listener.computed || listener.object.type !== T.ThisExpression || !lastsLikeClass(listening.target, given) || !/^(?:(["'])[^"'\\]*\1|[\w$.]+)$/.test(source.textOf(listening.event))) return [];
  if (unwrap(listening.event).type !== T.Literal && !lastsLikeClass(listening.event, given)) return [];
  const plan = new Plan();
  append(plan, disposer.body, `${source.textOf(listening.target)}.${listening.removers[0] ?? ''}(${source.textOf(listening.event)}, ${ctx.textOf(listener)})${source.semi}`, source);
  const cautions = returnsEarly(disposer.body) ? [`\`${disposer.name}\` may return before it.`] : [];
  return [{ title: `Take the listener off in \`${disposer.name}\``, plan, cautions, within: { start: cls.range[0], end: cls.range[1] } }];
};

/** A global, what the module declares, or a member of one or of `this`: it means the same in every method. */
function lastsLikeClass(expression: TSESTree.Node, { ctx }: FixCase): boolean {
  let root = unwrap(expression);
  while (root.type === T.MemberExpression && !root.computed && !root.optional) root = unwrap(root.object);
  if (root.type === T.ThisExpression) return true;
  const variable = root.type === T.Identifier ? ctx.bindings.variableOf(root) : undefined;
  return root.type === T.Identifier && (variable === undefined || variable.scope.block.type === T.Program);
}

/** The field that gets what the call makes. */
function fieldOf(call: TSESTree.Node): string | undefined {
  let value = wrapped(call);
  if (value.parent?.type === T.AwaitExpression) value = wrapped(value.parent);
  const { parent } = value;
  if (parent?.type === T.PropertyDefinition && parent.value === value && !parent.static) return staticName(parent);
  const target = parent?.type === T.AssignmentExpression && parent.operator === '=' ? unwrap(parent.left) : undefined;
  return target?.type === T.MemberExpression && target.object.type === T.ThisExpression && !target.computed ? staticName(target) : undefined;
}

/** The one method that ends the object; of several the one that the others call. */
function disposerOf(cls: ClassNode): Disposer | undefined {
  const { members } = factsOf(cls);
  const all = cls.body.body.flatMap((member) => (member.type === T.MethodDefinition && !member.static && member.kind === 'method' && isDisposer(staticName(member) ?? '') ? [member] : []));
  const callsAnother = (method: TSESTree.MethodDefinition): boolean => all.some((other) => other !== method && (members.get(staticName(other) ?? '') ?? []).some((mention) => within(mention, method)));
  const [only, ...more] = all.filter((method) => !callsAnother(method));
  if (only === undefined || more.length > 0 || only.value.type !== T.FunctionExpression || only.value.generator) return undefined;
  return { name: staticName(only) ?? '', body: only.value.body, async: isAsync(only.value) };
}

function releaseOf(call: TSESTree.CallExpression | TSESTree.NewExpression, field: string, cls: ClassNode, { body }: Disposer, given: FixCase): { readonly text: string; readonly async: boolean; readonly imported?: Imported } | undefined {
  const { finding, obligation, source } = given;
  const expression = `this.${field}`;
  const absence = absenceOf(field, cls);
  if (finding.rule === 'interval-not-cleared') {
    const callee = unwrap(call.callee);
    const timers = callee.type === T.MemberExpression ? `${source.textOf(callee.object)}.` : '';
    const text = `${timers}clearInterval(${expression})`;
    return { text: absence === 'null' ? `if (${expression} !== null) ${text}` : text, async: false };
  }
  const dot = absence === undefined ? '.' : '?.';
  if (obligation === undefined) return { text: `${expression}${dot}${/Observer$/.test(given.ctx.calleeName(call) ?? '') ? 'disconnect' : 'dispose'}()`, async: false };
  const release = modelRelease({ ...given, obligation }, { form: 'beside', statement: call, list: body, expression, mayBeAbsent: absence !== undefined });
  return release && { text: release.write(expression), async: release.async, ...(release.imported ? { imported: release.imported } : {}) };
}

/** Whether the field can be without a value when the object ends: it is declared so, it gets one only later, or it is set to nothing. */
function absenceOf(field: string, cls: ClassNode): 'null' | 'undefined' | undefined {
  const declared = cls.body.body.find((member) => member.type === T.PropertyDefinition && !member.static && staticName(member) === field);
  if (declared?.type !== T.PropertyDefinition) return 'undefined';
  const type = declared.typeAnnotation?.typeAnnotation;
  if (type?.type === T.TSUnionType && type.types.some((one) => one.type === T.TSNullKeyword)) return 'null';
  if (declared.value?.type === T.Literal && declared.value.value === null) return 'null';
  if (declared.optional || declared.definite || (type?.type === T.TSUnionType && type.types.some((one) => one.type === T.TSUndefinedKeyword))) return 'undefined';
  const assigned = (factsOf(cls).members.get(field) ?? []).flatMap(({ parent, range }) => (parent.type === T.AssignmentExpression && parent.left.range[0] === range[0] ? [parent] : []));
  if (assigned.some(({ right }) => isNothing(right))) return 'undefined';
  if (declared.value !== null && !isNothing(declared.value)) return undefined;
  return assigned.some((assignment) => isInConstructor(assignment)) ? undefined : 'undefined';
}

/** As a statement that the constructor runs in any case. */
function isInConstructor(assignment: TSESTree.AssignmentExpression): boolean {
  const fn = rootOf(assignment);
  const { parent } = fn;
  return parent?.type === T.MethodDefinition && parent.kind === 'constructor' && assignment.parent.type === T.ExpressionStatement && assignment.parent.parent.parent === fn;
}

/** Puts a statement at the end of a body, in front of what has to come last: a `return`, a `throw`, the end of the parent class. */
function append(plan: Plan, body: TSESTree.BlockStatement, text: string, source: Source): void {
  const last = body.body.at(-1);
  const [start, end] = body.range;
  if (last === undefined) {
    const inside = source.commentsIn({ start, end }).at(-1);
    const indent = `${source.newline}${source.indentAt(start)}`;
    if (inside) plan.insert(source.lineEnd(inside.range[1]), `${indent}${source.unit}${text}`);
    else plan.replace({ start, end }, `{${indent}${source.unit}${text}${indent}}`);
  } else if (comesLast(last)) plan.insert(last.range[0], `${text}${source.breakAt(last.range[0])}`);
  else plan.insert(endOfLineOf(last, source), `${source.breakAt(last.range[0])}${text}`);
}

function comesLast(statement: TSESTree.Statement): boolean {
  if (statement.type === T.ReturnStatement || statement.type === T.ThrowStatement) return true;
  if (statement.type !== T.ExpressionStatement) return false;
  const call = statement.expression.type === T.AwaitExpression ? statement.expression.argument : statement.expression;
  return call.type === T.CallExpression && call.callee.type === T.MemberExpression && call.callee.object.type === T.Super;
}

function returnsEarly(body: TSESTree.BlockStatement): boolean {
  let found = false;
  walk(body, (node) => {
    if (node.type === T.ReturnStatement && node !== body.body.at(-1) && rootOf(node) === body.parent) found = true;
  });
  return found;
}
