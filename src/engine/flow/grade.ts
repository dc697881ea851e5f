import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction, lastName, staticName, unwrap, wrapped } from '../syntax/nodes';
import type { CallNode } from '../syntax/nodes';
import { gradePromise } from './grade-promise';
import type { FlowNode } from './graph';
import { throwsNothing } from './harmless-code';
import * as table from './throw-table';

/** How likely it is that a `throw` edge is taken (docs/architecture.md, "Tiers"). */
export type ThrowGrade = 'never' | 'unlikely' | 'likely';

/** Who knows more than names tell. */
export interface ThrowKnowledge {
  /** What is known of the function that a call calls: its own summary speaks before any table. */
  summary?(call: TSESTree.Node): 'throws' | 'never' | undefined;
  /** What awaiting a call's result throws, of a function of which `summary` says that it never throws: its promise may be made by hand. */
  promised?(call: TSESTree.Node): ThrowGrade;
  /** What an imported name is called where it comes from: `readSync` for the `r` of `import { readSync as r }`. */
  originalName?(name: TSESTree.Identifier): string | undefined;
  /** The expression names a parameter: whoever called the function chose what it is. */
  isParameter?(expression: TSESTree.Node): boolean;
}

/** Grades the `throw` edge of a node. A node that has none is graded `never`. */
export function gradeThrow(node: FlowNode, knowledge: ThrowKnowledge = {}): ThrowGrade {
  switch (node.kind) {
    case 'throw':
      return 'likely';
    case 'call':
      return gradeCall(node.ast, knowledge);
    case 'await':
      return node.ast.type === T.AwaitExpression ? gradePromise(node.ast.argument, knowledge) : 'likely';
    case 'iterate':
      return gradeIteration(node.ast);
    case 'yield':
    case 'dispose':
      return 'unlikely';
    case 'assign':
      return node.out.some((edge) => edge.kind === 'throw') ? 'unlikely' : 'never';
    default:
      return 'never';
  }
}

/** Grades what a call throws before it gives a result; a promise that rejects does so at its `await`. */
export function gradeCall(call: TSESTree.Node, knowledge: ThrowKnowledge): ThrowGrade {
  const summary = knowledge.summary?.(call);
  if (summary !== undefined) return summary === 'throws' ? 'likely' : 'never';
  if (call.type === T.NewExpression) return gradeNew(call);
  if (call.type === T.TaggedTemplateExpression) return qualifiedName(call.tag) === 'String.raw' ? 'never' : 'unlikely';
  return call.type === T.CallExpression ? gradePlainCall(call, knowledge) : 'unlikely';
}

function gradeNew(call: TSESTree.NewExpression): ThrowGrade {
  const name = lastName(call.callee) ?? '';
  if (table.PARSERS.has(name)) return gradeParsing(call);
  return table.NEVER_CONSTRUCTORS.has(name) || name.endsWith('Error') ? 'never' : 'unlikely';
}

function gradePlainCall(call: TSESTree.CallExpression, knowledge: ThrowKnowledge): ThrowGrade {
  const callee = unwrap(call.callee);
  // What an async function throws is a rejection of its promise.
  if (isFunction(callee)) return callee.async || callee.generator || throwsNothing(callee.body, knowledge) ? 'never' : 'unlikely';
  if (callee.type === T.MemberExpression) return gradeMethod(call, callee, knowledge);
  const name = nameOf(callee, knowledge) ?? '';
  if (table.PARSERS.has(name)) return gradeParsing(call);
  if (table.FAILING_FUNCTIONS.has(name)) return 'likely';
  // A parameter may be called anything by whoever declares it.
  if (table.NEVER_FUNCTIONS.has(name) || table.LOG_FUNCTIONS.test(name)) return 'never';
  return knowledge.isParameter?.(callee) !== true && saysOrAsks(call, name) ? 'never' : 'unlikely';
}

function gradeMethod(call: TSESTree.CallExpression, callee: TSESTree.MemberExpression, knowledge: ThrowKnowledge): ThrowGrade {
  const name = staticName(callee) ?? '';
  const receiver = nameOf(callee.object, knowledge) ?? '';
  const qualified = `${receiver}.${name}`;
  if (table.NEVER_MEMBERS.has(qualified) || table.NEVER_NAMESPACES.has(receiver) || table.LOGGERS.test(receiver)) return 'never';
  if (table.PARSERS.has(qualified) || table.PARSERS.has(name)) return gradeParsing(call);
  if (table.FAILING_FUNCTIONS.has(name) || table.FAILING_NAMESPACES.has(receiver)) return 'likely';
  if (table.NEVER_METHODS.has(name) || saysOrAsks(call, name)) return 'never';
  return table.CALLING_METHODS.has(name) ? gradeCallback(call.arguments[0], knowledge) : 'unlikely';
}

/** By its name the function only gives word of something, and nobody looks at what it gives; or it only asks. */
function saysOrAsks(call: TSESTree.CallExpression, name: string): boolean {
  return table.QUESTIONS.test(name) || (table.NOTICES.test(name) && wrapped(call).parent?.type === T.ExpressionStatement);
}

/** Grades what a callback that is run, or handles a rejection, throws in its turn. */
export function gradeCallback(argument: TSESTree.Node | undefined, knowledge: ThrowKnowledge): ThrowGrade {
  if (argument === undefined) return 'never';
  const callback = unwrap(argument);
  return isFunction(callback) && (callback.async || throwsNothing(callback.body, knowledge)) ? 'never' : 'unlikely';
}

/** Parsing fails on input; what the source itself spells out was tried by whoever wrote it. */
function gradeParsing(call: CallNode): ThrowGrade {
  // `new URL(path, 'https://example.org')`: next to nothing is no path below a good address.
  const base = lastName(call.callee) === 'URL' ? call.arguments[1] : undefined;
  if (base?.type === T.Literal) return isPath(call.arguments[0]) ? 'never' : 'unlikely';
  return call.arguments.length > 0 && call.arguments.every((argument) => argument.type === T.Literal) ? 'never' : 'likely';
}

function isPath(argument: TSESTree.Node | undefined): boolean {
  return argument?.type === T.Literal || (argument?.type === T.TemplateLiteral && argument.quasis[0]?.value.raw.startsWith('/') === true);
}

function gradeIteration(loop: TSESTree.Node): ThrowGrade {
  if (loop.type === T.ForOfStatement) {
    if (loop.await) return 'likely';
    const right = unwrap(loop.right);
    if (right.type === T.ArrayExpression) return 'never';
    return right.type === T.CallExpression && table.NEVER_MEMBERS.has(qualifiedName(right.callee)) ? 'never' : 'unlikely';
  }
  return 'never';
}

/** The last name of an expression; an imported one as its module calls it. */
function nameOf(expression: TSESTree.Node, knowledge: ThrowKnowledge): string | undefined {
  const node = unwrap(expression);
  return (node.type === T.Identifier ? knowledge.originalName?.(node) : undefined) ?? lastName(node);
}

/** `JSON.parse` of `JSON.parse`, `globalThis.JSON.parse`; the bare name where nothing is before it. */
export function qualifiedName(callee: TSESTree.Node): string {
  const node = unwrap(callee);
  if (node.type !== T.MemberExpression) return lastName(node) ?? '';
  return `${lastName(node.object) ?? ''}.${staticName(node) ?? ''}`;
}
