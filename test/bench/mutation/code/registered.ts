import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { calleeName, enclosingClass, isFunction, lastName, rootOf, staticName, unwrap } from '../../../../src/engine/syntax/nodes';
import { walk } from '../../../../src/engine/syntax/visit';
import type { Edit } from '../edits';
import { ENDS_WITH_EXTENSION, ENDS_WITH_OWNER, fieldName, HANDLER_OF_CONNECTION, isMaking, isSubscribing, LAST_EVENT, NOT_TOLD, ONLY_LISTENERS, receiverOf, type Pair } from './pair';

/** Names of what collects disposables. */
const COLLECTION = /^(_?(to)?dispos\w*|_?subscriptions|_?store|_?disposableStore|_?subs|_?toDispose\w*)$/i;

/** Registrations that are kept by `context.subscriptions.push(...)`, `this._register(...)` and the like, by name. */
export function registeredPairs(program: TSESTree.Program, textOf: (node: TSESTree.Node) => string): Pair[] {
  const pairs: Pair[] = [];
  walk(program, (node) => {
    if (node.type !== T.CallExpression || !isKeeping(node) || rootOf(node).type === T.Program) return;
    const last = node.arguments.at(-1);
    if (last === undefined || last.type === T.SpreadElement) return;
    const value = unwrap(last);
    const edits = unwrapEdits(node, last, textOf);
    if (edits === undefined || !(isSubscribing(value) || (isMaking(value) && node.arguments.length === 1))) return;
    const cls = enclosingClass(node);
    const owner = cls ?? rootOf(node);
    const object = isMaking(value);
    const kept = object && isKeptInField(node);
    // What is made and then only kept to be ended is of use while it is kept: without that, it would be made for nothing.
    if (object && !kept) return;
    const editor = /^(vscode|commands|window|workspace|languages|debug|tasks|authentication|extensions|env)\b/.test(textOf(value)) || isOfEditor(value, program);
    const resource = object ? 'code.registeredMember' : editor ? 'code.registeredEditor' : 'code.registered';
    const target = value.type === T.CallExpression && !object ? receiverOf(value) : undefined;
    const excluded = isOfEnd(value) ? LAST_EVENT : object && /(Emitter|EventTarget|Subject)$/.test(calleeName(value) ?? '') ? ONLY_LISTENERS : target === undefined || editor ? undefined : isOfConnection(target, program, textOf) ? HANDLER_OF_CONNECTION : isOfContext(node) ? ENDS_WITH_EXTENSION : isOwn(target, owner) ? ENDS_WITH_OWNER : isOfParameter(target, node) ? NOT_TOLD : undefined;
    pairs.push({ acquire: value, owner, resource, breaks: [{ mutation: 'deleted', edits }], ...(excluded === undefined ? {} : { excluded }) });
  });
  return pairs;
}

function isKeeping(call: TSESTree.CallExpression): boolean {
  const name = calleeName(call) ?? '';
  const receiver = receiverOf(call);
  if (/^(_?register|_registerDisposable|registerDisposable|addDisposable)$/.test(name)) return receiver?.type === T.ThisExpression;
  return /^(push|add)$/.test(name) && receiver !== undefined && COLLECTION.test(lastName(receiver) ?? '');
}

/** `Window.onDidX(...)` of `import { window as Window } from 'vscode'`. */
function isOfEditor(value: TSESTree.Node, program: TSESTree.Program): boolean {
  let root = unwrap(value);
  while (root.type === T.CallExpression || root.type === T.MemberExpression) root = unwrap(root.type === T.CallExpression ? root.callee : root.object);
  const { name } = root.type === T.Identifier ? root : { name: undefined };
  return program.body.some((statement) => statement.type === T.ImportDeclaration && statement.source.value === 'vscode' && statement.specifiers.some(({ local }) => local.name === name));
}

/** `context.subscriptions`, which is gone through when the extension ends: what it has of its own is over with it. */
function isOfContext(keeping: TSESTree.CallExpression): boolean {
  const list = receiverOf(keeping);
  return list?.type === T.MemberExpression && staticName(list) === 'subscriptions' && /context|ctx/i.test(lastName(list.object) ?? '');
}

/** `connection.onHover(...)` in a file that imports the protocol. */
function isOfConnection(target: TSESTree.Node, program: TSESTree.Program, textOf: (node: TSESTree.Node) => string): boolean {
  if (!/^_?(conn|connection|client|languageClient|documents|workspace)$/i.test(lastName(target) ?? '') || (lastName(target) === 'workspace' && !/^(this\.)?_?connection\./.test(textOf(target)))) return false;
  return program.body.some((statement) => statement.type === T.ImportDeclaration && /^vscode-(languageserver|languageclient|jsonrpc)(\b|\/|-)/.test(statement.source.value));
}

/** `view.onDidDispose(...)`. */
function isOfEnd(value: TSESTree.Node): boolean {
  return value.type === T.CallExpression && /^on(Did|Will)?(Dispose|Close|Destroy|Hide|Exit|End)d?$/.test(calleeName(value) ?? '');
}

/** `store.push(a, b)` becomes `store.push(a), b`; `store.push(a)` becomes `a`. Undefined where there is no room. */
function unwrapEdits(call: TSESTree.CallExpression, last: TSESTree.Node, textOf: (node: TSESTree.Node) => string): Edit[] | undefined {
  const text = textOf(call);
  const offset = call.range[0];
  const close: Edit = { start: last.range[1], end: call.range[1], by: '' };
  if (call.arguments.length === 1) return [{ start: offset, end: last.range[0], by: '' }, close];
  const before = call.arguments.at(-2);
  if (before === undefined || call.parent.type !== T.ExpressionStatement) return undefined;
  const between = text.slice(before.range[1] - offset, last.range[0] - offset);
  // The bracket takes the place of the blank or line end after the comma.
  return /^,\s/.test(between) && !between.includes('//') ? [{ start: before.range[1], end: last.range[0], by: '),' }, close] : undefined;
}

/** `this.f = this._register(new X())`, `readonly f = this._register(new X())`. */
function isKeptInField({ parent }: TSESTree.CallExpression): boolean {
  return parent.type === T.PropertyDefinition || (parent.type === T.AssignmentExpression && fieldName(parent.left) !== undefined);
}

function isOwn(target: TSESTree.Node, scope: TSESTree.Node, depth = 2): boolean {
  let root = unwrap(target);
  while (root.type === T.MemberExpression && root.object.type !== T.ThisExpression) root = unwrap(root.object);
  const field = fieldName(root);
  let own = root.type === T.ThisExpression;
  const isMade = (value: TSESTree.Node): boolean => {
    let made = false;
    walk(value, (node) => {
      if (isMaking(node) || isCallOf(node, /^(_?register|add)$/)) made = true;
    });
    return made;
  };
  walk(scope, (node) => {
    if (field !== undefined) {
      if (node.type === T.PropertyDefinition && staticName(node) === field && node.value && isMade(node.value)) own = true;
      if (node.type === T.AssignmentExpression && fieldName(node.left) === field && isMade(node.right)) own = true;
    } else if (root.type === T.Identifier && node.type === T.VariableDeclarator && node.id.type === T.Identifier && node.id.name === root.name && node.init && (isMade(node.init) || (depth > 0 && isOwn(rootOfCalls(node.init), scope, depth - 1)))) own = true;
  });
  return own;
}

/** `client` of `client.watch(query)`. */
function rootOfCalls(value: TSESTree.Node): TSESTree.Node {
  let root = unwrap(value);
  while (root.type === T.CallExpression && root.callee.type === T.MemberExpression) root = unwrap(root.callee.object);
  return root;
}

function isCallOf(node: TSESTree.Node, name: RegExp): boolean {
  return node.type === T.CallExpression && name.test(calleeName(node) ?? '');
}

/** A parameter of a function, or what a local takes from one: who lives longer is not told. */
function isOfParameter(target: TSESTree.Node, at: TSESTree.Node, depth = 3): boolean {
  let root = unwrap(target);
  while (root.type === T.MemberExpression || root.type === T.CallExpression) root = unwrap(root.type === T.MemberExpression ? root.object : root.callee);
  if (root.type !== T.Identifier || depth === 0) return false;
  const { name } = root;
  for (let node: TSESTree.Node | undefined = at; node !== undefined; node = node.parent) {
    if (!isFunction(node)) continue;
    if (node.params.map((parameter) => (parameter.type === T.AssignmentPattern ? parameter.left : parameter)).some((parameter) => parameter.type === T.Identifier && parameter.name === name)) return true;
    const source = sourceOf(name, node);
    if (source !== undefined) return isOfParameter(source, at, depth - 1);
  }
  return false;
}

/** What a local of the function is declared with: its value, or the list that a loop takes it from. */
function sourceOf(name: string, fn: TSESTree.Node): TSESTree.Node | undefined {
  let source: TSESTree.Node | undefined;
  walk(fn, (node) => {
    if (node.type !== T.VariableDeclarator || node.id.type !== T.Identifier || node.id.name !== name || rootOf(node) !== fn) return;
    const { parent } = node.parent;
    source ??= parent.type === T.ForOfStatement && parent.left === node.parent ? parent.right : (node.init ?? undefined);
  });
  return source;
}
