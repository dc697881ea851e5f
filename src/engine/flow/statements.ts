import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { assign, bindParameter } from './bindings';
import { evaluateClass } from './classes';
import { closeFinallys, JumpFrame, openFinally, RETURNED, THROWN, withCatch, withJumps } from './completions';
import { evaluateCondition } from './conditions';
import { addAll } from './dangling';
import type { Dangling } from './dangling';
import { evaluate } from './expressions';
import type { FlowBuilder } from './flow-builder';
import { runLoop } from './loops';

/** A list of statements with a scope of its own: what it declares with `using` is disposed at its end. */
export function runStatements(flow: FlowBuilder, statements: readonly TSESTree.Node[]): void {
  const depth = flow.frames.length;
  for (const statement of statements) run(flow, statement);
  closeFinallys(flow, depth);
}

/** Runs a statement. `labels` are those written right before it. */
export function run(flow: FlowBuilder, node: TSESTree.Node, labels: readonly string[] = []): void {
  if (!flow.descend()) return;
  runNode(flow, node, labels);
  flow.ascend();
}

function runNode(flow: FlowBuilder, node: TSESTree.Node, labels: readonly string[]): void {
  switch (node.type) {
    case T.ExpressionStatement:
      evaluate(flow, node.expression);
      return;
    case T.VariableDeclaration:
      declare(flow, node);
      return;
    case T.BlockStatement:
    case T.TSModuleBlock:
      runStatements(flow, node.body);
      return;
    case T.IfStatement:
      runIf(flow, node);
      return;
    case T.ForStatement:
    case T.ForInStatement:
    case T.ForOfStatement:
    case T.WhileStatement:
    case T.DoWhileStatement:
      runLoop(flow, node, labels);
      return;
    case T.SwitchStatement:
      runSwitch(flow, node, labels);
      return;
    case T.LabeledStatement:
      runLabelled(flow, node, labels);
      return;
    case T.BreakStatement:
    case T.ContinueStatement: {
      const jump = node.type === T.BreakStatement ? 'break' : 'continue';
      const target = flow.jumpTarget(jump, node.label?.name);
      if (target !== undefined) flow.leave(target[jump]);
      return;
    }
    case T.ReturnStatement:
      if (node.argument) evaluate(flow, node.argument);
      flow.add('return', node);
      flow.leave(RETURNED);
      return;
    case T.ThrowStatement: {
      evaluate(flow, node.argument);
      const added = flow.add('throw', node);
      if (added !== undefined) flow.complete(THROWN, [{ from: added, kind: 'throw' }]);
      flow.take();
      return;
    }
    case T.TryStatement:
      runTry(flow, node);
      return;
    case T.ClassDeclaration:
      if (!node.declare) evaluateClass(flow, node);
      return;
    case T.WithStatement:
      evaluate(flow, node.object);
      run(flow, node.body);
      return;
    case T.ExportNamedDeclaration:
      if (node.declaration) run(flow, node.declaration);
      return;
    case T.ExportDefaultDeclaration:
      if (node.declaration.type === T.ClassDeclaration) run(flow, node.declaration);
      else evaluate(flow, node.declaration);
      return;
    case T.TSExportAssignment:
      evaluate(flow, node.expression);
      return;
    case T.TSEnumDeclaration:
      if (!node.declare) for (const member of node.body.members) if (member.initializer) evaluate(flow, member.initializer);
      return;
    case T.TSModuleDeclaration:
      if (!node.declare && node.body) run(flow, node.body);
      return;
    default:
      // Imports, types, function declarations (hoisted), empty statements: nothing happens.
      return;
  }
}

/** Declarations of variables; `using` ones are released on every way out of the scope that encloses them. */
export function declare(flow: FlowBuilder, node: TSESTree.VariableDeclaration): void {
  if (node.declare) return;
  for (const declarator of node.declarations) {
    if (declarator.init === null) {
      flow.add('declare', declarator);
      continue;
    }
    evaluate(flow, declarator.init);
    assign(flow, declarator, declarator.id);
    openDisposal(flow, node, declarator);
  }
}

/** From here on a `using` declaration is disposed on every way out. No effect on other declarations. */
export function openDisposal(flow: FlowBuilder, { kind }: TSESTree.VariableDeclaration, declarator: TSESTree.Node): void {
  if (!flow.reachable || (kind !== 'using' && kind !== 'await using')) return;
  openFinally(flow, () => void flow.add('dispose', declarator));
}

/** `else if` nests to the right; long ladders are gone through in a loop. */
function runIf(flow: FlowBuilder, node: TSESTree.IfStatement): void {
  let done: Dangling[] = [];
  let rest: TSESTree.Node | null = node;
  while (rest?.type === T.IfStatement) {
    const { yes, no } = evaluateCondition(flow, rest.test);
    flow.frontier = yes;
    run(flow, rest.consequent);
    done = addAll(done, flow.take());
    flow.frontier = no;
    rest = rest.alternate;
  }
  if (rest) run(flow, rest);
  flow.join(done);
}

/** All tests come first, in order; then the bodies, each entered from its test and from the body before it. */
function runSwitch(flow: FlowBuilder, node: TSESTree.SwitchStatement, labels: readonly string[]): void {
  evaluate(flow, node.discriminant);
  const entries = new Map<TSESTree.SwitchCase, Dangling[]>();
  for (const clause of node.cases) {
    if (!clause.test) continue;
    evaluate(flow, clause.test);
    const { yes, no } = flow.branch('case', clause);
    entries.set(clause, yes);
    flow.frontier = no;
  }
  const unmatched = flow.take();
  const otherwise = node.cases.find((clause) => !clause.test);
  const frame = new JumpFrame('switch', labels);
  withJumps(flow, frame, () => {
    for (const clause of node.cases) {
      flow.join(clause === otherwise ? unmatched : (entries.get(clause) ?? []));
      runStatements(flow, clause.consequent);
    }
  });
  if (!otherwise) flow.join(unmatched);
  flow.join(frame.broken);
}

function runLabelled(flow: FlowBuilder, node: TSESTree.LabeledStatement, labels: readonly string[]): void {
  const all = [...labels, node.label.name];
  switch (node.body.type) {
    case T.ForStatement:
    case T.ForInStatement:
    case T.ForOfStatement:
    case T.WhileStatement:
    case T.DoWhileStatement:
    case T.SwitchStatement:
    case T.LabeledStatement:
      run(flow, node.body, all);
      return;
    default: {
      const frame = new JumpFrame('label', all);
      withJumps(flow, frame, () => {
        run(flow, node.body);
      });
      flow.join(frame.broken);
    }
  }
}

function runTry(flow: FlowBuilder, node: TSESTree.TryStatement): void {
  const { block, handler, finalizer } = node;
  const depth = flow.frames.length;
  if (finalizer) {
    openFinally(flow, () => {
      run(flow, finalizer);
    });
  }
  if (handler) {
    const thrown = withCatch(flow, () => {
      run(flow, block);
    });
    const normal = flow.take();
    flow.frontier = thrown;
    runHandler(flow, handler);
    flow.join(normal);
  } else {
    run(flow, block);
  }
  closeFinallys(flow, depth);
}

function runHandler(flow: FlowBuilder, handler: TSESTree.CatchClause): void {
  flow.add('catch', handler);
  if (handler.param) bindParameter(flow, handler.param);
  run(flow, handler.body);
}
