import type { Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Query } from '../facts';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import { FORGOTTEN } from '../resources/editorDisposables';
import { calleeName, isFunction, lastName, rootOf, staticName, unwrap } from '../syntax/nodes';
import type { FunctionNode } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import { isEditors } from './dropped';

/** What the editor made for one use of a function, and keeps after it: only a local name had it. */
export interface Forgotten {
  readonly call: TSESTree.CallExpression;
  readonly name: string;
  /** `input`: it was made for one question. */
  readonly sort: 'stays' | 'input';
}

/** The question that a call raises which may make such a thing; undefined when it does not. */
export function questionsOfForgotten(node: TSESTree.Node): readonly Query[] | undefined {
  if (node.type !== T.CallExpression || !FORGOTTEN.has(calleeName(node) ?? '') || rootOf(node).type === T.Program) return undefined;
  return [{ kind: 'call', start: node.range[0], end: node.range[1] }];
}

/** An object of the editor that nobody disposes of, registers or keeps, in a function that runs for each use; undefined where nothing may be said. */
export function forgottenAt(call: TSESTree.CallExpression, ctx: Context): Forgotten | undefined {
  const sort = FORGOTTEN.get(calleeName(call) ?? '');
  if (sort === undefined || !isEditors(call, ctx)) return undefined;
  const [landing, ...more] = landingsOf(call);
  const variable = landing?.to === 'variable' && more.length === 0 && landing.path.length === 0 && !landing.using ? ctx.bindings.variableOf(landing.id) : undefined;
  const root = rootOf(call);
  if (variable === undefined || !isFunction(root) || variable.scope.variableScope.block !== root || ctx.bindings.writesOf(variable).length !== 1) return undefined;
  if (!isOnlyUsed(variable, root, ctx) || !(sort === 'input' || runsForEachUse(root, call, ctx))) return undefined;
  return { call, name: variable.name, sort };
}

/** Every mention works with the object; none disposes of it, hands it on, or lies in a function that may outlive this one. */
function isOnlyUsed(variable: Variable, root: FunctionNode, ctx: Context): boolean {
  return variable.references.every(({ identifier, init }) => {
    if (init === true) return true;
    if (rootOf(identifier) !== root && !isForItself(identifier, variable, root, ctx)) return false;
    return landingsOf(identifier).every((use) => {
      if (use.to === 'method') return use.name !== 'dispose';
      if (use.to === 'member') return use.name !== undefined && use.name !== 'dispose';
      return use.to === 'looked-at';
    });
  });
}

/** The functions around the mention are listeners of the object itself, or run before this one is over: the executor of a promise. */
function isForItself(mention: TSESTree.Node, variable: Variable, root: FunctionNode, ctx: Context): boolean {
  for (let fn = rootOf(mention); fn !== root; fn = rootOf(fn)) {
    if (!isFunction(fn)) return false;
    const { parent } = fn;
    if (parent.type === T.NewExpression && calleeName(parent) === 'Promise') continue;
    if (parent.type !== T.CallExpression || parent.callee === fn) return false;
    const callee = unwrap(parent.callee);
    const receiver = callee.type === T.MemberExpression ? unwrap(callee.object) : undefined;
    if (receiver === undefined || ctx.bindings.variableOf(receiver) !== variable) return false;
  }
  return true;
}

/** Names of functions that run once for an extension, or once for an object. */
const BEGINS_ONCE = /^_?(activate|init|initialize|setup|set_up|register|create|make|build|start|launch|bootstrap|main|run_?server|constructor|get|ensure)/i;

/** The function is a command, or waits for something after it made the object: it runs for each use, not once for the extension. */
function runsForEachUse(root: FunctionNode, call: TSESTree.Node, ctx: Context): boolean {
  for (let fn: TSESTree.Node = root; isFunction(fn); fn = rootOf(fn)) {
    if (isCommand(fn, ctx)) return true;
    if (BEGINS_ONCE.test(nameOf(fn) ?? '')) return false;
  }
  let waits = false;
  walk(root, (node) => {
    if (node.type === T.AwaitExpression && node.range[0] > call.range[1] && rootOf(node) === root) waits = true;
  });
  return waits && root.async;
}

/** `registerCommand('x', fn)`, written in place or by its name. */
function isCommand(fn: FunctionNode, ctx: Context): boolean {
  const name = ctx.bindings.nameOf(fn);
  const mentions = [fn, ...(name?.references.flatMap((reference) => (reference.isRead() ? [reference.identifier] : [])) ?? [])];
  return mentions.some(({ parent }) => parent.type === T.CallExpression && /^register(TextEditor)?Command$/.test(calleeName(parent) ?? ''));
}

function nameOf(fn: FunctionNode): string | undefined {
  if (fn.id) return fn.id.name;
  const { parent } = fn;
  if (parent.type === T.MethodDefinition || parent.type === T.PropertyDefinition || parent.type === T.Property) return staticName(parent)?.replace(/^#/, '');
  return parent.type === T.VariableDeclarator ? lastName(parent.id) : undefined;
}
