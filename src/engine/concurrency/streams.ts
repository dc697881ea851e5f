import type { Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import { FLUENT_METHODS } from '../ownership/sinks';
import type { CallNode } from '../syntax/nodes';
import { isCall, staticName, unwrap, wrapped } from '../syntax/nodes';

/** A stream as the code names it: what made it, the variables that hold it, and every expression that stands for it. */
export interface Stream {
  /** The call that gave it. */
  readonly made: CallNode | undefined;
  readonly variables: readonly Variable[];
  readonly mentions: readonly TSESTree.Node[];
}

/** One method call on a stream. */
interface Use {
  readonly name: string;
  readonly call: TSESTree.CallExpression;
}

/** All that the file does with a stream. */
export interface StreamUses {
  readonly methods: readonly Use[];
  /** It goes where this file does not see all of it, or where somebody else sees to its end. */
  readonly handedOn: boolean;
}

/** The stream that an expression stands for, through what gives the same stream again: `a.on(...)`, and `a.pipe(b)`, which is `b`. */
export function streamOf(expression: TSESTree.Node, ctx: Context, depth = 6): Stream {
  const node = unwrap(expression);
  const unknown: Stream = { made: undefined, variables: [], mentions: [node] };
  if (depth === 0) return unknown;
  if (node.type === T.Identifier) {
    const variable = ctx.bindings.variableOf(node);
    if (variable === undefined) return unknown;
    const value = ctx.bindings.onlyValueOf(variable);
    const inner = value === undefined ? unknown : streamOf(value, ctx, depth - 1);
    const reads = variable.references.filter((reference) => reference.isRead()).map((reference) => reference.identifier);
    return { made: inner.made, variables: [variable, ...inner.variables], mentions: [...(value === undefined ? [] : inner.mentions), ...reads] };
  }
  if (!isCall(node)) return unknown;
  const callee = unwrap(node.callee);
  if (node.type === T.CallExpression && callee.type === T.MemberExpression) {
    const name = staticName(callee) ?? '';
    if (FLUENT_METHODS.has(name)) return streamOf(callee.object, ctx, depth - 1);
    const [destination] = node.arguments;
    if (name === 'pipe' && destination !== undefined && destination.type !== T.SpreadElement) {
      const inner = streamOf(destination, ctx, depth - 1);
      return { ...inner, mentions: [...inner.mentions, node] };
    }
  }
  return { made: node, variables: [], mentions: [node] };
}

/** What is done with a stream, from each expression that stands for it. */
export function usesOf({ mentions }: Stream): StreamUses {
  const methods: Use[] = [];
  let handedOn = false;
  for (const mention of mentions) {
    let at = wrapped(mention);
    for (;;) {
      const { parent } = at;
      const call = parent?.type === T.MemberExpression && parent.object === at ? parent.parent : undefined;
      const name = parent?.type === T.MemberExpression ? staticName(parent) : undefined;
      if (parent?.type !== T.MemberExpression || call?.type !== T.CallExpression || call.callee !== parent || name === undefined) break;
      methods.push({ name, call });
      if (!FLUENT_METHODS.has(name)) {
        at = call;
        break;
      }
      at = wrapped(call);
    }
    // A call that gives something else is not followed further.
    if (isCall(at) && at !== mention && !FLUENT_METHODS.has(methods.at(-1)?.name ?? '')) continue;
    if (landingsOf(at).some((landing) => isHandedOn(landing))) handedOn = true;
  }
  return { methods, handedOn };
}

function isHandedOn(landing: ReturnType<typeof landingsOf>[number]): boolean {
  switch (landing.to) {
    case 'nothing':
    case 'looked-at':
    case 'variable':
    case 'member':
    case 'method':
      return landing.to === 'variable' && landing.using;
    case 'argument': {
      const callee = unwrap(landing.call.callee);
      return !(callee.type === T.MemberExpression && /^(un)?pipe$/.test(staticName(callee) ?? '') && landing.path.length === 0);
    }
    default:
      return true;
  }
}
