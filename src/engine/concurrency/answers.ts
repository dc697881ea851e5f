import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import type { Obligation } from '../ownership/obligation';
import { mentionsOf } from '../ownership/place';
import type { FunctionNode } from '../syntax/nodes';
import { isFunction, unwrap, within } from '../syntax/nodes';
import { isExecutor } from '../syntax/promises';
import { walk } from '../syntax/visit';
import { FLUENT_METHODS } from '../ownership/sinks';

/** What a resource answers with, and what it must be sent for one to be sure that it waits for more. */
interface Answering {
  readonly event: string;
  /** A message went to it: its code listens, and so it does not end by itself. */
  readonly sends?: string;
}

/** By the model's id. A server listens from the start; a worker or child that is only given data may end by itself. */
const ANSWERING: Readonly<Record<string, Answering>> = {
  'worker_threads.Worker': { event: 'message', sends: 'postMessage' },
  'child_process.ChildProcess': { event: 'message', sends: 'send' },
  'http.Server': { event: 'request', sends: 'listen' },
  'https.Server': { event: 'request', sends: 'listen' },
  'net.Server': { event: 'connection', sends: 'listen' },
};

/**
 * Where the answer of a resource settles a promise that is all that the function waits for, while nothing ever releases the resource or
 * hands it on: a function that makes something for one question.
 */
export function answerOf({ site, effects, root }: Obligation, ctx: Context): TSESTree.Node | undefined {
  const answering = ANSWERING[site.resource.id];
  if (answering === undefined || !isFunction(root) || effects.effects.some(({ kind }) => kind !== 'alias')) return undefined;
  const settlers = settlersAround(root, ctx);
  if (settlers.length === 0 || isKeptOutside(effects, root)) return undefined;
  let sent = answering.sends === undefined;
  let answer: TSESTree.Node | undefined;
  for (const node of [site.call, ...effects.places.flatMap((place) => mentionsOf(place, root).flatMap((mention) => (mention.write ? [] : [mention.node])))]) {
    for (const landing of landingsOf(node, [], (name) => FLUENT_METHODS.has(name) && name !== 'on' && name !== 'once' && name !== 'listen')) {
      if (landing.to !== 'method') continue;
      if (landing.name === answering.sends) sent = true;
      const [event, handler] = landing.call.arguments;
      const listens = (landing.name === 'once' || landing.name === 'on') && event?.type === T.Literal && event.value === answering.event;
      if (listens && handler) answer ??= settling(handler, settlers, ctx);
    }
  }
  // `createServer((req, res) => resolve(...))`
  const handler = site.call.arguments.at(-1);
  if (answer === undefined && handler !== undefined && site.resource.id.endsWith('.Server')) answer = settling(handler, settlers, ctx);
  return sent ? answer : undefined;
}

type Settler = ReturnType<Context['bindings']['variableOf']>;

/** The first parameter (and only it: a rejection is no answer) of the promise whose executor the function is. */
function settlersAround(root: FunctionNode, ctx: Context): Settler[] {
  if (!isExecutor(root)) return [];
  const [resolve] = root.params;
  const variable = resolve && ctx.bindings.variableOf(resolve);
  return variable === undefined ? [] : [variable];
}

/** Where a handler settles: the name itself, or a call of it inside. */
function settling(handler: TSESTree.Node, settlers: readonly Settler[], ctx: Context): TSESTree.Node | undefined {
  const expression = unwrap(handler);
  if (expression.type === T.Identifier && settlers.includes(ctx.bindings.variableOf(expression))) return expression;
  const fn = ctx.bindings.functionOf(expression);
  let found: TSESTree.Node | undefined;
  if (fn === undefined) return undefined;
  walk(fn, (node) => {
    if (node.type !== T.CallExpression || found !== undefined) return;
    const callee = unwrap(node.callee);
    if (callee.type === T.Identifier && settlers.includes(ctx.bindings.variableOf(callee))) found = node;
  });
  return found;
}

/** A variable of a function further out holds it as well: that one may end it. */
function isKeptOutside(effects: Obligation['effects'], root: FunctionNode): boolean {
  return effects.places.some((place) => place.variable === 'this' || !within(place.variable.scope.block, root));
}
