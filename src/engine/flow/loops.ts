import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { assign, evaluateTarget } from './bindings';
import { closeFinallys, JumpFrame, withJumps } from './completions';
import { evaluateCondition } from './conditions';
import type { Dangling } from './dangling';
import { evaluate } from './expressions';
import type { FlowBuilder } from './flow-builder';
import { declare, openDisposal, run } from './statements';

type Loop = TSESTree.ForStatement | TSESTree.ForInStatement | TSESTree.ForOfStatement | TSESTree.WhileStatement | TSESTree.DoWhileStatement;

export function runLoop(flow: FlowBuilder, loop: Loop, labels: readonly string[]): void {
  switch (loop.type) {
    case T.WhileStatement:
      runWhile(flow, loop, labels);
      return;
    case T.DoWhileStatement:
      runDoWhile(flow, loop, labels);
      return;
    case T.ForStatement:
      runFor(flow, loop, labels);
      return;
    case T.ForInStatement:
    case T.ForOfStatement:
      runIteration(flow, loop, labels);
  }
}

function runFor(flow: FlowBuilder, loop: TSESTree.ForStatement, labels: readonly string[]): void {
  const depth = flow.frames.length;
  if (loop.init?.type === T.VariableDeclaration) declare(flow, loop.init);
  else if (loop.init) evaluate(flow, loop.init);
  runWhile(flow, loop, labels);
  closeFinallys(flow, depth);
}

/** `while`, and `for` once it is initialised. */
function runWhile(flow: FlowBuilder, loop: TSESTree.WhileStatement | TSESTree.ForStatement, labels: readonly string[]): void {
  const head = flow.nodes.length;
  const frame = new JumpFrame('loop', labels);
  let ended: Dangling[] = [];
  if (loop.test) {
    const { yes, no } = evaluateCondition(flow, loop.test);
    flow.frontier = yes;
    ended = no;
  }
  runBody(flow, frame, loop.body);
  if (loop.type === T.ForStatement && loop.update) evaluate(flow, loop.update);
  goBack(flow, head, loop);
  flow.join(ended);
  flow.join(frame.broken);
}

function runDoWhile(flow: FlowBuilder, loop: TSESTree.DoWhileStatement, labels: readonly string[]): void {
  const head = flow.nodes.length;
  const frame = new JumpFrame('loop', labels);
  runBody(flow, frame, loop.body);
  const { yes, no } = evaluateCondition(flow, loop.test);
  flow.frontier = yes;
  goBack(flow, head, loop);
  flow.join(no);
  flow.join(frame.broken);
}

function runIteration(flow: FlowBuilder, loop: TSESTree.ForInStatement | TSESTree.ForOfStatement, labels: readonly string[]): void {
  evaluate(flow, loop.right);
  const head = flow.nodes.length;
  const { yes, no } = flow.branch('iterate', loop);
  flow.frontier = yes;
  const frame = new JumpFrame('loop', labels);
  withJumps(flow, frame, () => {
    const depth = flow.frames.length;
    bindElement(flow, loop.left);
    run(flow, loop.body);
    closeFinallys(flow, depth);
  });
  flow.join(frame.continued);
  goBack(flow, head, loop);
  flow.join(no);
  flow.join(frame.broken);
}

function bindElement(flow: FlowBuilder, left: TSESTree.ForOfStatement['left'] | TSESTree.ForInStatement['left']): void {
  if (left.type !== T.VariableDeclaration) {
    evaluateTarget(flow, left);
    assign(flow, left, left);
    return;
  }
  for (const declarator of left.declarations) {
    assign(flow, declarator, declarator.id);
    openDisposal(flow, left, declarator);
  }
}

/** Runs a body; the frontier is then where the next turn begins. */
function runBody(flow: FlowBuilder, frame: JumpFrame, body: TSESTree.Statement): void {
  withJumps(flow, frame, () => {
    run(flow, body);
  });
  flow.join(frame.continued);
}

/**
 * Leads back to the loop's first node: what was added first since `head`, for until then all edges went on as one.
 * A loop in which nothing happens and that never ends gets a test of its own.
 */
function goBack(flow: FlowBuilder, head: number, loop: Loop): void {
  if (!flow.reachable) return;
  if (flow.nodes[head] === undefined) flow.frontier = flow.branch('test', loop, { asks: 'truthy' }).yes;
  const first = flow.nodes[head];
  if (first !== undefined) flow.leadTo(first);
}
