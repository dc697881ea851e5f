import type { Variable } from '@typescript-eslint/scope-manager';
import { DefinitionType } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Query } from '../facts';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import { FORGOTTEN } from '../resources/editorDisposables';
import { calleeName, declaredName, isFunction, rootOf, unwrap } from '../syntax/nodes';
import type { FunctionNode } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import { isEditors } from './emitters';

/** What the editor made for one use of a function, and keeps after it: only a local name had it. */
export interface Forgotten {
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
  const root = rootOf(call);
  const names = isFunction(root) ? namesOf(call, root, ctx) : undefined;
  const [first] = names ?? [];
  if (!isFunction(root) || names === undefined || first === undefined || !isOnlyUsed(names, root, ctx) || !(sort === 'input' || runsForEachUse(root, call, ctx))) return undefined;
  return { name: first.name, sort };
}

/** The constants of the function that hold the value, one after the other; undefined where something else has it. */
function namesOf(value: TSESTree.Node, root: FunctionNode, ctx: Context, depth = 3): Variable[] | undefined {
  const [landing, ...more] = landingsOf(value);
  if (landing?.to !== 'variable' || more.length > 0 || landing.path.length > 0 || landing.using || depth === 0) return undefined;
  const variable = ctx.bindings.variableOf(landing.id);
  if (variable === undefined || variable.scope.variableScope.block !== root || ctx.bindings.writesOf(variable).length !== 1) return undefined;
  const names = [variable];
  for (const { identifier, init } of variable.references) {
    if (init !== true && landingsOf(identifier).some(({ to }) => to === 'variable')) {
      const further = namesOf(identifier, root, ctx, depth - 1);
      if (further === undefined) return undefined;
      names.push(...further);
    }
  }
  return names;
}

/** Every mention works with the object; none disposes of it, hands it on, or lies in a function that may outlive this one. */
function isOnlyUsed(names: readonly Variable[], root: FunctionNode, ctx: Context): boolean {
  return names.every((variable) =>
    variable.references.every(({ identifier, init }) => {
      if (init === true) return true;
      if (rootOf(identifier) !== root && !isForItself(identifier, names, root, ctx)) return false;
      return landingsOf(identifier).every((use) => {
        if (use.to === 'method') return use.name !== 'dispose';
        if (use.to === 'member') return use.name !== undefined && use.name !== 'dispose';
        return use.to === 'looked-at' || use.to === 'variable';
      });
    }),
  );
}

/** The functions around the mention are listeners of the object itself, or run before this one is over: the executor of a promise. */
function isForItself(mention: TSESTree.Node, names: readonly Variable[], root: FunctionNode, ctx: Context): boolean {
  for (let fn = rootOf(mention); fn !== root; fn = rootOf(fn)) {
    if (!isFunction(fn)) return false;
    const { parent } = fn;
    if (parent.type === T.NewExpression && calleeName(parent) === 'Promise') continue;
    if (parent.type !== T.CallExpression || parent.callee === fn) return false;
    const callee = unwrap(parent.callee);
    const receiver = callee.type === T.MemberExpression ? ctx.bindings.variableOf(unwrap(callee.object)) : undefined;
    if (receiver === undefined || !names.includes(receiver)) return false;
  }
  return true;
}

/** Names of functions that run once for an extension, or once for an object. */
const BEGINS_ONCE = /^_?(activate|init|initialize|setup|set_up|register|create|make|build|start|launch|bootstrap|main|run_?server|constructor|get|ensure)/i;

/** The function is a command, made the object of what it was given, or waits for something after that: it runs for each use, not once for the extension. */
function runsForEachUse(root: FunctionNode, call: TSESTree.CallExpression, ctx: Context): boolean {
  for (let fn: TSESTree.Node = root; isFunction(fn); fn = rootOf(fn)) {
    if (isCommand(fn, ctx)) return true;
    if (BEGINS_ONCE.test(declaredName(fn) ?? '')) return false;
  }
  if (isMadeOfGiven(root, call, ctx)) return true;
  let waits = false;
  walk(root, (node) => {
    if (node.type === T.AwaitExpression && node.range[0] > call.range[1] && rootOf(node) === root) waits = true;
  });
  return waits && root.async;
}

/** `createFileSystemWatcher(new RelativePattern(folder, '*'))`, of a parameter: one for each folder that somebody gives. */
function isMadeOfGiven(root: FunctionNode, call: TSESTree.CallExpression, ctx: Context): boolean {
  let given = false;
  for (const argument of call.arguments) {
    walk(argument, (node) => {
      const definition = node.type === T.Identifier ? ctx.bindings.variableOf(node)?.defs[0] : undefined;
      if (definition?.type === DefinitionType.Parameter && definition.node === root) given = true;
    });
  }
  return given;
}

/** `registerCommand('x', fn)`, written in place or by its name. */
function isCommand(fn: FunctionNode, ctx: Context): boolean {
  const name = ctx.bindings.nameOf(fn);
  const mentions = [fn, ...(name?.references.flatMap((reference) => (reference.isRead() ? [reference.identifier] : [])) ?? [])];
  return mentions.some(({ parent }) => parent.type === T.CallExpression && /^register(TextEditor)?Command$/.test(calleeName(parent) ?? ''));
}
