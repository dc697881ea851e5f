import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction, staticName, unwrap, unwrapAwait } from '../../syntax/nodes';
import type { FixCase } from '../case';

/** A listener that is put on a stream beside or inside of a chain of pipes. */
export interface StreamListener {
  readonly event: string;
  readonly handler: TSESTree.Node;
  /** The expression of the stream. */
  readonly stream: TSESTree.Expression;
}

/** `a.on('error', f).pipe(b).pipe(c)`: the streams in order, and the listeners. One stream alone: `a.on('error', f)`. */
export interface Chain {
  readonly streams: readonly TSESTree.Expression[];
  readonly listeners: readonly StreamListener[];
}

const EVENTS: ReadonlySet<string> = new Set(['error', 'finish', 'close', 'end']);

/** Undefined where something else is done with a stream, or a pipe is told not to end its sink. */
function chainOf(expression: TSESTree.Expression): Chain | undefined {
  const node = unwrap(expression);
  const callee = node.type === T.CallExpression ? unwrap(node.callee) : undefined;
  if (node.type !== T.CallExpression || callee?.type !== T.MemberExpression || callee.optional || callee.object.type === T.Super) return { streams: [expression], listeners: [] };
  const name = staticName(callee) ?? '';
  const [first, second, ...more] = node.arguments;
  if (name === 'pipe') {
    if (first === undefined || second !== undefined || first.type === T.SpreadElement) return undefined;
    const [before, behind] = [chainOf(callee.object), chainOf(first)];
    return before && behind && { streams: [...before.streams, ...behind.streams], listeners: [...before.listeners, ...behind.listeners] };
  }
  if (name !== 'on' && name !== 'once') return { streams: [expression], listeners: [] };
  const inner = chainOf(callee.object);
  const stream = inner?.streams.at(-1);
  if (inner === undefined || stream === undefined || first?.type !== T.Literal || typeof first.value !== 'string' || !EVENTS.has(first.value) || second === undefined || more.length > 0) return undefined;
  return { streams: inner.streams, listeners: [...inner.listeners, { event: first.value, handler: second, stream }] };
}

/** Statements that pipe once and listen, beside constants that they use. */
export interface Piping {
  readonly streams: readonly TSESTree.Expression[];
  readonly listeners: readonly StreamListener[];
  readonly declarations: readonly TSESTree.VariableDeclaration[];
  /** Statements that only listen. */
  readonly listening: readonly TSESTree.Node[];
}

/** Reads statements that do nothing else than make constants, listen to streams and pipe them once. */
export function pipingOf(statements: readonly TSESTree.Node[], { ctx }: FixCase): Piping | undefined {
  const declarations: TSESTree.VariableDeclaration[] = [];
  const listening: TSESTree.Node[] = [];
  const listeners: StreamListener[] = [];
  let found: { pipe: TSESTree.Node; streams: readonly TSESTree.Expression[] } | undefined;
  for (const statement of statements) {
    if (statement.type === T.VariableDeclaration) {
      const [declarator, ...more] = statement.declarations;
      if (statement.kind !== 'const' || more.length > 0 || declarator.id.type !== T.Identifier || declarator.init === null || listensAlready(declarator.init)) return undefined;
      declarations.push(statement);
      continue;
    }
    const expression = statement.type === T.ExpressionStatement ? statement.expression : isExpression(statement) ? statement : undefined;
    const chain = expression && chainOf(expression);
    if (chain === undefined) return undefined;
    listeners.push(...chain.listeners);
    if (chain.streams.length === 1 && chain.listeners.length > 0) listening.push(statement);
    else if (chain.streams.length > 1 && found === undefined) found = { pipe: statement, streams: chain.streams };
    else return undefined;
  }
  if (found === undefined || found.streams.some((stream) => isStandard(stream))) return undefined;
  const { streams } = found;
  const key = (stream: TSESTree.Node): string => ctx.textOf(stream);
  const known = new Set(streams.map(key));
  return listeners.every(({ stream }) => known.has(key(stream))) ? { ...found, listeners, declarations, listening } : undefined;
}

/** What makes the stream listens to it, too: that would hear of a failure beside the pipeline. */
export function listensAlready(init: TSESTree.Expression): boolean {
  const chain = chainOf(init);
  return chain === undefined || chain.listeners.length > 0 || chain.streams.length > 1;
}

function isExpression(node: TSESTree.Node): node is TSESTree.Expression {
  return node.type === T.CallExpression;
}

/** `process.stdout` and its like are never closed. */
function isStandard(stream: TSESTree.Node): boolean {
  const node = unwrap(stream);
  return node.type === T.MemberExpression && node.object.type === T.Identifier && node.object.name === 'process';
}

/** What a handler calls with what it is given, if that is all it does: `reject`, `(error) => reject(error)`, `() => done()`. `argued`: with its argument. */
function calledBy(handler: TSESTree.Node): { readonly name: TSESTree.Identifier; readonly argued: boolean } | undefined {
  const node = unwrap(handler);
  if (node.type === T.Identifier) return { name: node, argued: true };
  if (!isFunction(node) || node.generator || node.body === null) return undefined;
  const [only, ...more] = node.body.type === T.BlockStatement ? node.body.body : [node.body];
  if (only === undefined || more.length > 0) return undefined;
  const call = unwrapAwait(only.type === T.ExpressionStatement ? only.expression : only);
  if (call.type !== T.CallExpression || call.callee.type !== T.Identifier || call.arguments.length > 1) return undefined;
  const [argument] = call.arguments;
  const [parameter] = node.params;
  if (argument === undefined) return { name: call.callee, argued: false };
  return argument.type === T.Identifier && parameter?.type === T.Identifier && parameter.name === argument.name ? { name: call.callee, argued: true } : undefined;
}

/** The listeners of the errors all call one function with the error, and those of the last stream's end call another one, or the same. */
export function outcomesOf({ listeners, streams }: Piping, { ctx }: FixCase): { readonly failed: string | undefined; readonly done: string } | undefined {
  const failed = new Set<string>();
  const done = new Set<string>();
  const last = streams.at(-1);
  for (const { event, handler, stream } of listeners) {
    const called = calledBy(handler);
    if (called === undefined) return undefined;
    if (event === 'error') {
      if (!called.argued) return undefined;
      failed.add(called.name.name);
    } else {
      const direct = unwrap(handler).type === T.Identifier;
      if (event === 'end' || last === undefined || ctx.textOf(stream) !== ctx.textOf(last) || (called.argued && !direct)) return undefined;
      done.add(called.name.name);
    }
  }
  const [end, ...ends] = done;
  const [failure, ...failures] = failed;
  return end === undefined || ends.length > 0 || failures.length > 0 ? undefined : { failed: failure, done: end };
}
