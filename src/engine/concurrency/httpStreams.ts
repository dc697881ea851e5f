import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { symbolsOf } from '../resources/lookup';
import { isFunction, unwrap } from '../syntax/nodes';

/** The sides of an HTTP exchange: the peer may go away at any time, and then they are closed without an error. */
const RESPONSES: ReadonlySet<string> = new Set(['ServerResponse', 'Http2ServerResponse', 'ServerHttp2Stream']);
const INCOMING: ReadonlySet<string> = new Set(['IncomingMessage', 'Http2ServerRequest', 'ClientHttp2Stream']);

/** The expression is a response that a server writes: by type or annotation, or as the second of `(req, res)`. */
export function isResponse(expression: TSESTree.Node, ctx: Context): boolean {
  const node = unwrap(expression);
  const told = toldBy(node, RESPONSES, ctx);
  if (told !== undefined) return told;
  const parameter = parameterOf(node, ctx);
  if (parameter === undefined) return false;
  const { fn, index, name } = parameter;
  const request = fn.params[index - 1];
  return /(^|_)(res|resp|response|reply)$/i.test(name) && request?.type === T.Identifier && /(^|_)(req|request)$|^_+$/i.test(request.name);
}

/** The expression is a message that comes in: by type or annotation, or as what `http.get` gives its callback. */
export function isIncoming(expression: TSESTree.Node, ctx: Context): boolean {
  const node = unwrap(expression);
  const told = toldBy(node, INCOMING, ctx);
  if (told !== undefined) return told;
  const parameter = parameterOf(node, ctx);
  const call = parameter?.fn.parent;
  if (parameter?.index !== 0 || call?.type !== T.CallExpression) return false;
  const origin = ctx.origins.ofCallee(call);
  return origin !== undefined && origin !== 'local' && ['http', 'https'].includes(origin.module) && ['get', 'request'].includes(origin.member);
}

function toldBy(node: TSESTree.Node, names: ReadonlySet<string>, ctx: Context): boolean | undefined {
  const origin = ctx.origins.of(node);
  if (origin?.kind === 'instance' && names.has(origin.type)) return true;
  const fact = ctx.typeFact(node);
  if (fact === undefined || fact.type.opaque || fact.type.symbol === undefined) return undefined;
  return symbolsOf(fact.type).some((symbol) => names.has(symbol.name));
}

function parameterOf(node: TSESTree.Node, ctx: Context) {
  const variable = node.type === T.Identifier ? ctx.bindings.variableOf(node) : undefined;
  const definition = variable?.defs[0];
  if (variable === undefined || definition?.type !== 'Parameter' || !isFunction(definition.node)) return undefined;
  const fn = definition.node;
  return { fn, index: fn.params.findIndex((parameter) => parameter === definition.name), name: variable.name };
}
