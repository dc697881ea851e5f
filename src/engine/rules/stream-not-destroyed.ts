import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isIncoming, isResponse } from '../concurrency/httpStreams';
import type { Stream, StreamUses } from '../concurrency/streams';
import { streamOf, usesOf } from '../concurrency/streams';
import { addsListener } from '../events/listening';
import type { Context } from '../ownership/context';
import type { Obligation } from '../ownership/obligation';
import { calleeName, eventNameOf, unwrap, within } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import type { CodeCase, CodeRule, Report } from './code-rule';

/**
 * `a.pipe(b)` passes data on, and nothing else. An error of `a` neither ends nor destroys `b`; an error or an early close of `b` unpipes
 * `a` and leaves it open. What holds a descriptor then holds it for ever.
 */
export const streamNotDestroyed: CodeRule = {
  id: 'stream-not-destroyed',
  mentions: ['createReadStream', 'createWriteStream'],
  on: [T.CallExpression],
  suspects: (node) => {
    const sides = sidesOf(node);
    return sides && [sides.from, sides.to].map((side) => ({ kind: 'type', start: side.range[0], end: side.range[1] }) as const);
  },
  judge: (node, given) => {
    const sides = sidesOf(node);
    if (sides === undefined) return [];
    const { ctx } = given;
    // What `pipe` gives is the stream that it was given.
    const [from, to] = [streamOf(sides.from, ctx), streamOf(node, ctx)];
    const [source, sink] = [{ stream: from, uses: usesOf(from), at: sides.from }, { stream: to, uses: usesOf(to), at: sides.to }];
    return [...judgeSide(source, sink, isResponse(sides.to, ctx), node, given), ...judgeSide(sink, source, isIncoming(sides.from, ctx), node, given)].slice(0, 1);
  },
};

interface Side {
  readonly stream: Stream;
  readonly uses: StreamUses;
  readonly at: TSESTree.Node;
}

function sidesOf(node: TSESTree.Node): { readonly from: TSESTree.Node; readonly to: TSESTree.Node } | undefined {
  if (node.type !== T.CallExpression || calleeName(node) !== 'pipe') return undefined;
  const callee = unwrap(node.callee);
  const [to] = node.arguments;
  if (callee.type !== T.MemberExpression || to === undefined || to.type === T.SpreadElement) return undefined;
  return { from: callee.object, to };
}

/** Streams that hold a descriptor until they are destroyed or come to their end. */
const HOLDING: ReadonlySet<string> = new Set(['fs.ReadStream', 'fs.WriteStream']);
const DESTROYING: ReadonlySet<string> = new Set(['destroy', 'close', 'end', 'destroySoon', 'Symbol.asyncDispose']);

/** What holds a descriptor, when the other side fails. `closesSilently`: the other side may be over early without any error. */
function judgeSide(held: Side, other: Side, closesSilently: boolean, pipe: TSESTree.Node, { ctx, obligations }: CodeCase): Report[] {
  const obligation = obligations.find(({ site }) => site.call === held.stream.made && HOLDING.has(site.resource.id));
  if (obligation === undefined || held.uses.handedOn || isReleased(held, ctx)) return [];
  const handlers = other.uses.methods.filter(({ name, call }) => addsListener(name) && eventNameOf(call) === 'error').map(({ call }) => call.arguments[1]);
  const handled = handlers.length > 0 && handlers.every((handler) => goesOn(handler, held, ctx));
  if (!closesSilently && !handled) return [];
  if (closesSilently && handlers.some((handler) => !goesOn(handler, held, ctx))) return [];
  return [report(obligation, held, other, handled ? 'fails' : 'closes', pipe, ctx)];
}

/** Something destroys it, beside what hears of its own end. */
function isReleased({ uses, stream }: Side, ctx: Context): boolean {
  const own = uses.methods.filter(({ name, call }) => addsListener(name) && ['finish', 'end', 'close', 'open'].includes(eventNameOf(call) ?? '')).flatMap(({ call }) => call.arguments[1] ?? []);
  return uses.methods.some(({ name, call }) => {
    if (name === 'unpipe') return true;
    if (!DESTROYING.has(name)) return false;
    return !own.some((handler) => within(call, handler));
  }) || stream.variables.some((variable) => ctx.bindings.writesOf(variable).length > 1);
}

/** The handler neither ends the process nor has anything to do with the stream that is held. */
function goesOn(handler: TSESTree.Node | undefined, held: Side, ctx: Context): boolean {
  if (handler === undefined) return false;
  const fn = ctx.bindings.functionOf(handler);
  if (fn === undefined) return true;
  let goes = true;
  walk(fn, (node) => {
    if (node.type === T.ThrowStatement) goes = false;
    if (node.type === T.CallExpression && ctx.textOf(node.callee) === 'process.exit') goes = false;
    const variable = node.type === T.Identifier ? ctx.bindings.variableOf(node) : undefined;
    if (variable !== undefined && held.stream.variables.includes(variable)) goes = false;
  });
  return goes;
}

function report({ site }: Obligation, held: Side, other: Side, how: 'fails' | 'closes', pipe: TSESTree.Node, ctx: Context): Report {
  const [start, end] = pipe.range;
  const { noun } = site.resource;
  const name = held.stream.variables[0]?.name;
  const subject = name === undefined ? `The ${noun}` : `\`${name}\` (${noun})`;
  const otherName = ctx.excerpt(other.at, 40);
  const when = how === 'fails' ? `\`${otherName}\` fails` : `\`${otherName}\` is closed before its end`;
  return {
    start,
    end,
    acquire: { start: site.call.range[0], end: site.call.range[1] },
    resource: noun,
    family: site.resource.family,
    message: `${subject} stays open when ${when}: \`pipe\` does not destroy it, \`pipeline\` does.`,
    path: [
      { start: site.call.range[0], end: site.call.range[1], message: `the ${noun} is opened` },
      { start, end, message: `${when}: it is ${held.at === sourceOf(pipe) ? 'unpiped' : 'neither ended nor destroyed'}, and stays open` },
    ],
  };
}

function sourceOf(pipe: TSESTree.Node): TSESTree.Node | undefined {
  return sidesOf(pipe)?.from;
}
