import { DefinitionType } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { TEMPORARY_DIRECTORY_MAKER, pairOf } from '../resources/pairs';
import type { CallNode } from '../syntax/nodes';
import { calleeName, receiverOf, rootOf, unwrap } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import type { Context } from './context';
import { landingsOf } from './landing';
import { sameText } from './releases';
import type { AcquireSite } from './site';
import { ownFunction } from './treatment';

/** The call's name alone lets one think of an acquire. */
export function mayBeGuessed(call: CallNode, name: string): boolean {
  if (call.type === T.NewExpression || rootOf(call).type === T.Program) return false;
  return TEMPORARY_DIRECTORY_MAKER.test(name) || (pairOf(name) !== undefined && isStatement(call));
}

/** By telling names of the project's own or unknown functions, one tier lower than by proof. */
export function guessByName(call: CallNode, ctx: Context): AcquireSite | undefined {
  const name = ctx.calleeName(call);
  if (name === undefined || call.type !== T.CallExpression) return undefined;
  return guessTemporary(call, name, ctx) ?? guessPair(call, name, ctx);
}

function guessTemporary(call: TSESTree.CallExpression, name: string, ctx: Context): AcquireSite | undefined {
  // A function of this file is judged by what it does.
  if (!TEMPORARY_DIRECTORY_MAKER.test(name) || ownFunction(call, ctx) !== undefined || isGiven(call.callee, ctx)) return undefined;
  const [model] = ctx.models.acquiresNamed('mkdtemp');
  const fact = ctx.callFact(call);
  if (model === undefined || (fact !== undefined && !fact.result.primitive && !fact.result.opaque)) return undefined;
  const { library, resource } = model;
  const async = fact?.promise ?? !name.endsWith('Sync');
  return { call, resource, modules: ctx.models.modulesOf(library), lifetime: 'scoped', holder: { in: 'result' }, async, certainty: 'guess' };
}

/** `({ createTmpDir }, use) => ...`: who gives the function may remove what it made, as fixtures of test runners do. */
function isGiven(callee: TSESTree.Node, ctx: Context): boolean {
  return ctx.bindings.variableOf(unwrap(callee))?.defs[0]?.type === DefinitionType.Parameter;
}

/** `x.launchBrowser()` and later `x.closeBrowser()` in one function: whoever ends it there means to end it always. */
function guessPair(call: TSESTree.CallExpression, name: string, ctx: Context): AcquireSite | undefined {
  const pair = pairOf(name);
  if (pair === undefined || !isStatement(call)) return undefined;
  const root = rootOf(call);
  const receiver = receiverOf(call);
  let ends = false;
  let labelled = false;
  walk(root, (node) => {
    if (node.type !== T.CallExpression || !pair.ends.includes(calleeName(node) ?? '') || node.range[0] < call.range[1]) return;
    const other = receiverOf(node);
    if (receiver === undefined ? other !== undefined : !sameText(other, receiver, ctx)) return;
    ends = true;
    if (isLabelled(call, node)) labelled = true;
  });
  if (!ends || labelled) return undefined;
  return { call, resource: pair.resource, modules: [], lifetime: 'scoped', holder: { in: 'nothing' }, async: false, certainty: 'guess' };
}

/** `timings.startPhase('build')`, `timings.endPhase('build')`: an entry in a log, which nobody reads when the work fails. */
function isLabelled(begin: TSESTree.CallExpression, end: TSESTree.CallExpression): boolean {
  const [one] = begin.arguments;
  const [other] = end.arguments;
  return one?.type === T.Literal && typeof one.value === 'string' && other?.type === T.Literal && other.value === one.value;
}

function isStatement(call: TSESTree.Node): boolean {
  const [landing, ...more] = landingsOf(call);
  return more.length === 0 && landing?.to === 'nothing' && unwrap(landing.at).type === T.ExpressionStatement;
}
