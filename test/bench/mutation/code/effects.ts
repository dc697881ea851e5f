import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { calleeName, isFunction, rootOf, unwrap, unwrapAwait, within, type FunctionNode } from '../../../../src/engine/syntax/nodes';
import { walk } from '../../../../src/engine/syntax/visit';
import { deletionOf } from '../edits';
import { callsIn, clearsOf, ENDED_TWICE, ENDING_METHODS, ENDS_WITH_OWNER, isLasting, isMaking, isSignalled, isSubscribing, listenerPairs, NOT_TOLD, OVER_BY_ITSELF, receiverOf, timerBegun, type Pair } from './pair';

/** What the effects of components begin, and their cleanup ends. */
export function effectPairs(program: TSESTree.Program, textOf: (node: TSESTree.Node) => string): Pair[] {
  return callsIn(program).flatMap((call) => {
    const [effect] = call.arguments;
    if (!/^use(Layout|Insertion)?Effect$/.test(calleeName(call) ?? '') || !isFunction(effect)) return [];
    const returns = cleanupsOf(effect);
    return returns.length === 0 ? [] : pairsOf(call, effect, returns, textOf);
  });
}

function cleanupsOf(effect: FunctionNode): TSESTree.ReturnStatement[] {
  const returns: TSESTree.ReturnStatement[] = [];
  walk(effect, (node) => {
    if (node.type === T.ReturnStatement && node.argument !== null && rootOf(node) === effect) returns.push(node);
  });
  return returns;
}

function pairsOf(call: TSESTree.CallExpression, effect: FunctionNode, returns: readonly TSESTree.ReturnStatement[], textOf: (node: TSESTree.Node) => string): Pair[] {
  const calls = callsIn(effect);
  const inCleanup = (node: TSESTree.Node): boolean => returns.some((statement) => within(node, statement));
  const pairs: Pair[] = [];
  const add = (acquire: TSESTree.Node, resource: string, ends: readonly TSESTree.CallExpression[], excluded?: string): void => {
    // A cleanup that does only this is told by the other mutation.
    // What something beside the cleanup ends too is told by the other mutation.
    const without = ends.every(inCleanup) ? [{ mutation: 'cleanup-deleted' as const, edits: returns.map(({ range: [start, end] }) => ({ start, end, by: ';' })) }] : [];
    const deleted = ends.length > 0 ? [{ mutation: 'deleted' as const, edits: ends.map(deletionOf) }] : [];
    pairs.push({ acquire, owner: call, resource, breaks: [...without, ...deleted], ...(excluded === undefined ? {} : { excluded }) });
  };
  for (const { add: added, target, removals } of listenerPairs(calls, textOf)) {
    if (removals.some(inCleanup)) add(added, 'code.effectListener', removals, isSignalled(added) ? ENDED_TWICE : isLasting(target) ? undefined : NOT_TOLD);
  }
  walk(effect, (node) => {
    if (node.type !== T.VariableDeclarator || node.id.type !== T.Identifier || !node.init) return;
    const { name } = node.id;
    const value = unwrapAwait(node.init);
    const timer = timerBegun(value);
    if (timer !== undefined) {
      const clears = clearsOf(calls, name, textOf);
      if (clears.some(inCleanup)) add(value, 'code.effectInterval', clears, timer === 'timeout' ? OVER_BY_ITSELF : undefined);
      return;
    }
    const ends = calls.filter((one) => isNamed(receiverOf(one), name) ? ENDING_METHODS.test(calleeName(one) ?? '') : isNamed(one.callee, name) && one.arguments.length === 0);
    const given = returns.some(({ argument }) => argument !== null && isNamed(argument, name));
    if (!ends.some(inCleanup) && !given) return;
    if (isSubscribing(value)) add(value, 'code.effectSubscription', ends, isOfComponent(receiverOf(value), effect) ? ENDS_WITH_OWNER : undefined);
    else if (isMaking(value)) add(value, /Observer$/.test(calleeName(value) ?? '') ? 'code.effectObserver' : 'code.effectResource', ends);
  });
  return pairs;
}

/** What a hook of the component around the effect made and keeps: `const [term] = useState(new Terminal())`. */
function isOfComponent(target: TSESTree.Node | undefined, effect: FunctionNode): boolean {
  const component = rootOf(effect);
  let made = false;
  walk(component, (node) => {
    if (target?.type !== T.Identifier || node.type !== T.VariableDeclarator || !node.init || rootOf(node) !== component) return;
    const id = node.id.type === T.ArrayPattern ? node.id.elements[0] : node.id;
    const init = unwrap(node.init);
    if (id?.type === T.Identifier && id.name === target.name && init.type === T.CallExpression && /^use(State|Ref|Memo|Reducer)$/.test(calleeName(init) ?? '')) made = true;
  });
  return made;
}

function isNamed(node: TSESTree.Node | undefined, name: string): boolean {
  const plain = node && unwrap(node);
  return plain?.type === T.Identifier && plain.name === name;
}
