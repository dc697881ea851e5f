import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import type { Obligation } from '../ownership/obligation';
import { mentionsOf } from '../ownership/place';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import { eventNameOf, isFunction, staticName, unwrap, within } from '../syntax/nodes';
import { isExecutor } from '../syntax/promises';
import { walk } from '../syntax/visit';
import { FLUENT_METHODS } from '../ownership/sinks';

/** What a resource answers with, and what it must be sent for one to be sure that it waits for more. */
interface Answering {
  readonly events: readonly string[];
  /** A message went to it: its code listens, and so it does not end by itself. */
  readonly sends?: string;
  /** Methods whose last argument hears the answer. */
  readonly answered?: readonly string[];
  /** Without a handler for anybody it only tries whether something can be had: these events and methods answer that. */
  readonly tried?: Pick<Answering, 'events' | 'answered'>;
}

const SERVER: Answering = { events: ['request'], sends: 'listen' };

/** By the model's id. A server listens from the start; a worker or child that is only given data may end by itself. */
const ANSWERING: Readonly<Record<string, Answering>> = {
  'worker_threads.Worker': { events: ['message'], sends: 'postMessage' },
  'child_process.ChildProcess': { events: ['message'], sends: 'send' },
  'http.Server': SERVER,
  'https.Server': SERVER,
  'http2.Server': { events: ['request', 'stream'], sends: 'listen' },
  'tls.Server': { events: ['secureConnection'], sends: 'listen' },
  'net.Server': { events: ['connection'], sends: 'listen', tried: { events: ['listening'], answered: ['listen'] } },
  // It is bound by the first that it sends, and hears everybody from then on.
  'dgram.Socket': { events: ['message'], sends: 'send' },
  'web.Worker': { events: ['message'], sends: 'postMessage' },
  // Whoever takes nothing from a connection has only tried whether somebody is there.
  'net.Socket': { events: [], tried: { events: ['connect', 'ready'], answered: ['connect', 'createConnection'] } },
  'tls.TLSSocket': { events: [], tried: { events: ['connect', 'secureConnect'], answered: ['connect'] } },
  'ioredis.Redis': { events: ['message', 'pmessage', 'messageBuffer'] },
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
  const uses = [site.call, ...effects.places.flatMap((place) => mentionsOf(place, root).flatMap((mention) => (mention.write ? [] : [mention.node])))]
    .flatMap((node) => landingsOf(node, [], (name) => FLUENT_METHODS.has(name) && name !== 'on' && name !== 'once' && name !== 'listen'))
    .flatMap((landing) => (landing.to === 'method' ? [landing] : []));
  if (answering.sends !== undefined && !uses.some(({ name }) => name === answering.sends)) return undefined;
  const onlyTries = answering.tried !== undefined && !uses.some(({ name, call }) => TAKING.has(name) || takesFrom(call, ctx)) && !takesFrom(site.call, ctx);
  const { events, answered = [] } = onlyTries && answering.tried ? answering.tried : answering;
  for (const { name, call } of uses) {
    const event = eventNameOf(call);
    const handler = answered.includes(name) ? call.arguments.at(-1) : LISTENING.has(name) && event !== undefined && events.includes(event) ? call.arguments[1] : undefined;
    const answer = handler && settling(handler, settlers, ctx);
    if (answer) return answer;
  }
  for (const handler of assignedHandlers(effects, root, events)) {
    const answer = settling(handler, settlers, ctx);
    if (answer) return answer;
  }
  // `createServer((req, res) => resolve(...))`, `connect(port, () => resolve(true))`
  const handler = site.call.arguments.at(-1);
  const hears = site.resource.id.endsWith('.Server') || answered.includes(ctx.calleeName(site.call) ?? '');
  return handler !== undefined && hears ? settling(handler, settlers, ctx) : undefined;
}

const LISTENING: ReadonlySet<string> = new Set(['on', 'once', 'addEventListener']);

/** `worker.onmessage = ({ data }) => resolve(data)` */
function assignedHandlers({ places }: Obligation['effects'], root: FunctionNode, events: readonly string[]): TSESTree.Node[] {
  return places.flatMap((place) => mentionsOf(place, root)).flatMap(({ node: { parent } }) => {
    const assignment = parent?.type === T.MemberExpression && events.some((event) => `on${event}` === staticName(parent)) ? parent.parent : undefined;
    return assignment?.type === T.AssignmentExpression && assignment.left === parent ? [assignment.right] : [];
  });
}

/** Methods by which something is exchanged over a connection; its other side may end it then. */
const TAKING: ReadonlySet<string> = new Set(['write', 'end', 'pipe', 'read', 'resume', 'setEncoding']);

/** A handler for who connects, or for what comes. */
function takesFrom(call: CallNode, ctx: Context): boolean {
  if (['createServer', 'Server'].includes(ctx.calleeName(call) ?? '')) return call.arguments.some((argument) => argument.type !== T.ObjectExpression);
  return ['connection', 'request', 'data', 'readable', 'end'].includes(eventNameOf(call) ?? '');
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
