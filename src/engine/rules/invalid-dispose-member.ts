import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Tier } from '../findings';
import type { Context } from '../ownership/context';
import { callQuery, givesPromise, returnedCalls } from '../ownership/returnedPromise';
import { releasesByName } from '../resources/ownedNames';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import { calleeName, isCall, isFunction, rootOf, staticName, unwrap } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import type { CodeRule } from './code-rule';
import { rangeOf, stepAt } from './scoped-report';

type Member = TSESTree.MethodDefinition | TSESTree.PropertyDefinition | TSESTree.Property;

/** A dispose member that does its work when nobody waits for it: async under `Symbol.dispose`, a generator, a promise that is dropped. */
export const invalidDisposeMember: CodeRule = {
  id: 'invalid-dispose-member',
  mentions: ['Symbol.dispose', 'Symbol.asyncDispose'],
  passedAlready: true,
  on: [T.MethodDefinition, T.PropertyDefinition, T.Property],
  suspects: (node, ctx) => {
    const found = disposeMember(node);
    return found && [...returned(found.fn, ctx), ...dropped(found.fn)].map(callQuery);
  },
  judge: (node, { ctx }) => {
    const found = disposeMember(node);
    if (found === undefined) return [];
    const problem = problemOf(found, ctx);
    if (problem === undefined) return [];
    return [{ ...rangeOf(problem.at), resource: 'disposable', family: 'disposable', message: problem.message, tier: problem.tier, path: [stepAt(found.member.key, `the member is declared here`)] }];
  },
};

interface DisposeMember {
  readonly member: Member;
  readonly symbol: 'Symbol.dispose' | 'Symbol.asyncDispose';
  readonly fn: FunctionNode;
  /** The same object or class also has the other symbol. */
  readonly hasOther: boolean;
}

function disposeMember(node: TSESTree.Node): DisposeMember | undefined {
  if (node.type !== T.MethodDefinition && node.type !== T.PropertyDefinition && node.type !== T.Property) return undefined;
  if (node.type !== T.PropertyDefinition && node.kind !== 'method' && node.kind !== 'init') return undefined;
  const symbol = staticName(node);
  const { value } = node;
  if ((symbol !== 'Symbol.dispose' && symbol !== 'Symbol.asyncDispose') || !isFunction(value) || !value.body) return undefined;
  const siblings: readonly TSESTree.Node[] = node.parent.type === T.ClassBody ? node.parent.body : node.parent.type === T.ObjectExpression ? node.parent.properties : [];
  const hasOther = siblings.some((other) => {
    const name = other.type === T.MethodDefinition || other.type === T.PropertyDefinition || other.type === T.Property ? staticName(other) : undefined;
    return name !== symbol && (name === 'Symbol.dispose' || name === 'Symbol.asyncDispose');
  });
  return { member: node, symbol, fn: value, hasOther };
}

interface Problem {
  readonly at: TSESTree.Node;
  readonly message: string;
  readonly tier: Tier;
}

function problemOf({ member, symbol, fn, hasOther }: DisposeMember, ctx: Context): Problem | undefined {
  const at = member.key;
  if (fn.generator) return { at, tier: 'definite', message: `\`[${symbol}]\` is a generator: calling it runs nothing of its body, so nothing is released.` };
  if (symbol === 'Symbol.dispose') {
    if (fn.async) return { at, tier: 'definite', message: '`[Symbol.dispose]` is async, and `using` does not wait for it: what it releases is released later, and its failure is lost. Make it `[Symbol.asyncDispose]`, for `await using`.' };
    // Whoever can be released either way, and is released synchronously, has chosen so.
    if (hasOther) return undefined;
    const promise = returned(fn, ctx).find((call) => givesPromise(call, ctx));
    if (promise) return { at: promise, tier: 'definite', message: `\`[Symbol.dispose]\` returns the promise of \`${ctx.excerpt(promise)}\`, and \`using\` does not wait for it. Make it \`[Symbol.asyncDispose]\`, for \`await using\`.` };
    const lost = dropped(fn).find((call) => givesPromise(call, ctx));
    return lost && { at: lost, tier: 'potential', message: `\`[Symbol.dispose]\` starts \`${ctx.excerpt(lost)}\` and cannot wait for it. Make it \`[Symbol.asyncDispose]\`, for \`await using\`.` };
  }
  const lost = dropped(fn).find((call) => givesPromise(call, ctx));
  return lost && { at: lost, tier: 'definite', message: `\`[Symbol.asyncDispose]\` does not wait for \`${ctx.excerpt(lost)}\`: \`await using\` goes on before it is done, and its failure is lost. Await it, or return its promise.` };
}

/** Calls that the member returns, as they are. */
function returned(fn: FunctionNode, ctx: Context): CallNode[] {
  if (fn.async || fn.body === null) return [];
  if (fn.body.type !== T.BlockStatement) return returnedCalls(fn.body, ctx);
  const calls: CallNode[] = [];
  walk(fn.body, (node) => {
    if (node.type === T.ReturnStatement && node.argument && rootOf(node) === fn) calls.push(...returnedCalls(node.argument, ctx));
  });
  return calls;
}

/** Calls that release, as statements of their own: nobody waits for what they give. `void` says that this is meant. */
function dropped(fn: FunctionNode): CallNode[] {
  const calls: CallNode[] = [];
  walk(fn, (node) => {
    if (node.type !== T.ExpressionStatement || rootOf(node) !== fn) return;
    const call = unwrap(node.expression);
    if (isCall(call) && releasesByName(calleeName(call) ?? '')) calls.push(call);
  });
  return calls;
}
