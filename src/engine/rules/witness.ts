import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Step } from '../findings';
import type { Context } from '../ownership/context';
import type { Obligation } from '../ownership/obligation';
import type { Leak, PathStep } from '../ownership/search';
import { isFunction } from '../syntax/nodes';
import { failureOf, participleOf, subjectOf } from './words';

/** The most conditions that a witness tells of: enough to follow it, few enough to read. */
const MOST_BRANCHES = 6;

/** The path of a leak as a person walks it: acquired, the turns that matter, where it is lost. */
export function witnessOf(obligation: Obligation, leak: Leak, ctx: Context): Step[] {
  const subject = subjectOf(obligation);
  const steps: Step[] = [step(obligation.site.call, `${subject} ${obligation.site.resource.family === 'transaction' ? 'begins' : 'is acquired'}`)];
  const turns = leak.path.flatMap((at) => turnOf(at, ctx) ?? []);
  steps.push(...turns.slice(0, MOST_BRANCHES));
  const thrower = throwerOf(leak);
  if (thrower && leak.how === 'throw' && !steps.some((one) => one.start === thrower.range[0])) steps.push(step(thrower, `\`${ctx.excerpt(ctx.awaited(thrower))}\` ${failureOf(thrower)}`));
  steps.push(lastStep(obligation, leak, subject));
  return steps;
}

/** What throws on the path, when an error leaves the function: the last throw before the end, or what it passes on. */
export function throwerOf(leak: Leak): TSESTree.Node | undefined {
  const throws = leak.path.filter((at) => at.edge?.kind === 'throw').map((at) => at.node.ast);
  let thrown = throws.pop();
  while (thrown !== undefined && throws.length > 0 && isRethrow(thrown)) thrown = throws.pop();
  return thrown;
}

/** `catch (error) { throw wrap(error) }` only passes on what went wrong before, also where making the new error fails. */
function isRethrow(node: TSESTree.Node): boolean {
  let throws = false;
  for (let at: TSESTree.Node | undefined = node; at !== undefined && !isFunction(at); at = at.parent) {
    if (at.type === T.ThrowStatement) throws = true;
    if (at.type === T.CatchClause) return throws;
  }
  return false;
}

/** The statement by which the path leaves the function normally; undefined when it runs off the end. */
export function leavingStatement(leak: Leak): TSESTree.Node | undefined {
  return leak.path.findLast((at) => at.node.kind === 'return')?.node.ast;
}

function turnOf({ node, edge }: PathStep, ctx: Context): Step | undefined {
  if (edge?.kind === 'throw') return step(node.ast, node.kind === 'throw' ? 'an error is thrown' : `\`${ctx.excerpt(ctx.awaited(node.ast))}\` ${failureOf(node.ast)}`);
  if (node.kind === 'test' && (edge?.kind === 'true' || edge?.kind === 'false')) {
    const answer = node.asks === 'nullish' ? (edge.kind === 'true' ? 'is null or undefined' : 'is there') : `is ${edge.kind}`;
    return step(node.ast, `\`${ctx.excerpt(node.ast)}\` ${answer}`);
  }
  if (node.kind === 'iterate' && edge?.kind === 'false') return step(loopHead(node.ast), 'the loop ends');
  return undefined;
}

function lastStep(obligation: Obligation, leak: Leak, subject: string): Step {
  const participle = participleOf(obligation.site);
  const last = leak.path.at(-1);
  if (leak.how === 'lost' && last) return step(last.node.ast, `${subject} is overwritten here and was not ${participle}`);
  if (leak.how === 'throw') {
    const leaving = leak.path.findLast((at) => at.edge?.kind === 'throw')?.node.ast ?? obligation.root;
    return step(leaving, `the error leaves the function, and ${subject} is not ${participle}`);
  }
  const leaving = leavingStatement(leak);
  if (leaving) return step(leaving, `the function returns, and ${subject} is not ${participle}`);
  const { end } = obligation.root.loc;
  const offset = obligation.root.range[1] - 1;
  return { start: Math.max(offset, 0), end: obligation.root.range[1], message: `the function ends on line ${String(end.line)}, and ${subject} is not ${participle}` };
}

function loopHead(node: TSESTree.Node): TSESTree.Node {
  return node.type === T.ForOfStatement || node.type === T.ForInStatement ? node.right : node;
}

function step(node: TSESTree.Node, message: string): Step {
  return { start: node.range[0], end: node.range[1], message };
}
