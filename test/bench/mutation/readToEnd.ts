import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Range } from '../../../src/engine/findings';
import { childrenOf, isFunction, isLoop } from '../../../src/engine/syntax/nodes';
import { visitorKeys, walk } from '../../../src/engine/syntax/visit';

/**
 * The function reads in a loop without a condition that nothing leaves but `done`: without errors the stream is at its end
 * afterwards, and a lock on it holds up nobody.
 */
export function isReadToItsEnd(program: TSESTree.Program, owner: Range): boolean {
  const loops: TSESTree.Node[] = [];
  walk(program, (node) => {
    if (node.range[0] < owner.start || node.range[1] > owner.end || !isRead(node)) return;
    const loop = endlessLoopAround(node);
    if (loop) loops.push(loop);
  });
  return loops.length > 0 && loops.every((loop) => leavesOf(loop).every(isWhenDone));
}

function isRead(node: TSESTree.Node): boolean {
  return node.type === T.AwaitExpression && node.argument.type === T.CallExpression && node.argument.callee.type === T.MemberExpression && node.argument.callee.property.type === T.Identifier && node.argument.callee.property.name === 'read';
}

function endlessLoopAround(node: TSESTree.Node): TSESTree.Node | undefined {
  for (let at = node.parent; at !== undefined && !isFunction(at); at = at.parent) {
    if (!isLoop(at)) continue;
    const always = at.type === T.WhileStatement || at.type === T.DoWhileStatement ? at.test.type === T.Literal && at.test.value === true : at.type === T.ForStatement && at.test === null;
    return always ? at : undefined;
  }
  return undefined;
}

/** The jumps out of the loop that it has itself. */
function leavesOf(loop: TSESTree.Node): TSESTree.Node[] {
  const found: TSESTree.Node[] = [];
  const visit = (node: TSESTree.Node, inner: boolean): void => {
    if (isFunction(node)) return;
    if (node.type === T.ReturnStatement || (node.type === T.BreakStatement && (!inner || node.label))) found.push(node);
    const within = inner || (node !== loop && (isLoop(node) || node.type === T.SwitchStatement));
    for (const child of childrenOf(node, visitorKeys)) visit(child, within);
  };
  visit(loop, false);
  return found;
}

/** `if (done) break`, `if (chunk.done) { ...; return }` */
function isWhenDone(jump: TSESTree.Node): boolean {
  for (let at = jump; at.parent !== undefined && !isLoop(at) && !isFunction(at); at = at.parent) {
    if (at.parent.type !== T.IfStatement || at !== at.parent.consequent) continue;
    const { test } = at.parent;
    return test.type === T.Identifier ? test.name === 'done' : test.type === T.MemberExpression && test.property.type === T.Identifier && test.property.name === 'done';
  }
  return false;
}
