import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { bodyUnread, isFetch } from '../concurrency/bodies';
import type { Range } from '../findings';
import type { Context } from '../ownership/context';
import type { Obligation } from '../ownership/obligation';
import { obligationOf } from '../ownership/obligation';
import { searchLeak } from '../ownership/search';
import { response } from '../resources/http';
import { calleeName, rootOf } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import { witnessOf } from './witness';
import type { CodeRule, Report } from './code-rule';

/**
 * A response whose body is neither read nor thrown away keeps its connection: the client waits for the body to be taken before it uses
 * the connection again. undici's `request` says so; a global `fetch` lets the garbage collector cancel the body, some time.
 */
export const bodyNotConsumed: CodeRule = {
  id: 'body-not-consumed',
  mentions: ['undici', 'fetch(', 'node:http', "'http'", '"http"', "'https'", '"https"'],
  on: [T.CallExpression],
  suspects: (node, ctx) => (node.type === T.CallExpression && (isFetch(node, ctx) || ctx.models.acquiresNamed(ctx.calleeName(node) ?? '').some(({ resource }) => resource.id === BODY || REQUESTS.has(resource.id))) ? [] : undefined),
  judge: (node, { ctx, obligations }) => {
    if (node.type !== T.CallExpression) return [];
    if (isFetch(node, ctx)) return bodyUnread(node, ctx) ? [report(node, 'hint', `The body of \`${ctx.excerpt(node)}\` is neither read nor cancelled: the connection is not free before it is collected.`)] : [];
    const obligation = obligations.find(({ site }) => site.call === node && site.resource.id === BODY) ?? responseOf(node, obligations, ctx);
    if (obligation === undefined || obligation.unawaited || obligation.root.type === T.Program) return [];
    const taken = obligation.effects.effects.filter(({ kind }) => kind !== 'alias');
    const never = taken.length === 0;
    if (never) return [report(node, 'potential', `The body of \`${ctx.excerpt(node)}\` is neither read nor thrown away: its connection stays taken.`)];
    if (!taken.some(({ kind, how }) => kind === 'release' || how === 'settled')) return [];
    // Where the body is read on one path, another one that leaves on purpose forgets it. An error of something else is another rule's.
    const { leak } = searchLeak(obligation.input, { throws: 'none', unknown: 'takes' }, ctx);
    const thrown = leak ?? searchLeak(obligation.input, { throws: 'likely', unknown: 'takes' }, ctx).leak;
    if (thrown === undefined || (leak === undefined && thrown.path.findLast(({ edge }) => edge?.kind === 'throw')?.node.kind !== 'throw')) return [];
    // Nobody catches what an event's callback throws: the process ends with it.
    if (obligation.site.holder.in === 'callback' && thrown.path.some(({ node: { kind } }) => kind === 'throw')) return [];
    const at = thrown.path.findLast(({ node: { kind } }) => kind === 'return' || kind === 'throw')?.node.ast ?? obligation.root;
    const where = at === obligation.root ? 'at the end of the function' : `on the path that leaves on line ${String(ctx.lineOf(at))}`;
    return [{ ...report(node, 'potential', `The body of \`${ctx.excerpt(node)}\` is neither read nor thrown away ${where}: its connection stays taken.`), path: witnessOf(obligation, thrown, ctx) }];
  },
};

const BODY = 'undici.body';
const REQUESTS: ReadonlySet<string> = new Set(['http.ClientRequest', 'https.ClientRequest']);

/** The response that a request's callback is given, which owes there to take its data. */
function responseOf(call: TSESTree.CallExpression, obligations: readonly Obligation[], ctx: Context): Obligation | undefined {
  const request = obligations.find(({ site }) => site.call === call && REQUESTS.has(site.resource.id));
  if (request === undefined || request.site.certainty !== 'proof') return undefined;
  const given = obligationOf({ ...request.site, resource: response, lifetime: response.lifetime, holder: { in: 'callback', parameter: 0 } }, ctx);
  return given === undefined || isOverAnyway(call, given.root) ? undefined : given;
}

/** The callback ends the request as a whole, or the request is one whose answers have no body. */
function isOverAnyway(call: TSESTree.CallExpression, callback: TSESTree.Node): boolean {
  let over = false;
  walk(callback, (node) => {
    if (node.type === T.CallExpression && /^(abort|destroy|exit)$/.test(calleeName(node) ?? '')) over = true;
  });
  walk(rootOf(call), (node) => {
    if (node.type === T.Literal && typeof node.value === 'string' && /^HEAD$/i.test(node.value)) over = true;
  });
  return over;
}

function report(node: TSESTree.Node, tier: 'potential' | 'hint', message: string): Report {
  const range: Range = { start: node.range[0], end: node.range[1] };
  return { ...range, acquire: range, resource: 'response body', family: 'stream', tier, message, path: [{ ...range, message: 'the response arrives with its body' }] };
}
