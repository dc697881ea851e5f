import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { calleeName, lastName, receiverOf } from '../syntax/nodes';

/** Packages whose connections have one handler for each message, which is there as long as they are. */
const PROTOCOLS = /^vscode-(?:languageserver|languageclient|jsonrpc)(?:-\w+)?(?:\/|$)/;
const IMPORTS_PROTOCOL = /['"]vscode-(?:languageserver|languageclient|jsonrpc)(?:[-/][^'"]*)?['"]/;

/** What every connection of JSON-RPC is called with, also one of the project's own types: which message, and its one handler. */
const HANDLES_MESSAGE = /^on(Notification|Request)$/;

/** `connection.onHover(handler)` of a language server. Where nobody knows the types, by the receiver's name in a file that imports the protocol. */
export function isHandlerOfConnection(call: TSESTree.CallExpression, ctx: Context): boolean {
  if (HANDLES_MESSAGE.test(calleeName(call) ?? '') && call.arguments.length > 1) return true;
  const from = ctx.callFact(call)?.callee?.package;
  if (from !== undefined) return PROTOCOLS.test(from);
  const target = receiverOf(call);
  return target !== undefined && /^_?(?:conn|connection|client|languageClient)$/i.test(lastName(target) ?? '') && IMPORTS_PROTOCOL.test(ctx.module.text);
}

/** The call is of VS Code's own interface, by import or by type. */
export function isEditors(call: TSESTree.CallExpression, ctx: Context): boolean {
  const members = ctx.membersOf(call);
  return members !== 'local' && members.some(({ module }) => module === 'vscode');
}

/** A function of `window`, `workspace` and the like, by whatever name the code has the module: as a parameter, for tests. */
export function isOfNamespace(call: TSESTree.CallExpression, ctx: Context): boolean {
  const members = ctx.membersOf(call);
  return members !== 'local' && members.some(({ module, member }) => module === 'vscode' && /^[a-z]\w*\.\w+$/.test(member));
}

/** A function of the project that gives a Disposable of VS Code, as a registration does. */
export function givesEditors(call: TSESTree.CallExpression, ctx: Context): boolean {
  const symbol = ctx.callFact(call)?.result.symbol;
  return symbol?.package === 'vscode' && symbol.name === 'Disposable' && /^register[A-Z]/.test(calleeName(call) ?? '');
}

/** `subscribe` of an observable of rxjs. */
export function isObservables(call: TSESTree.CallExpression, ctx: Context): boolean {
  const members = ctx.membersOf(call);
  return members !== 'local' && members.some(({ module, member }) => module === 'rxjs' && member.endsWith('#subscribe'));
}
