import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import type { Landing } from '../ownership/landing';
import { landingsOf } from '../ownership/landing';
import { rootOf, staticName, unwrap, wrapped } from '../syntax/nodes';

/** A call of the platform's `fetch`. */
export function isFetch(call: TSESTree.CallExpression, ctx: Context): boolean {
  const callee = unwrap(call.callee);
  const name = callee.type === T.Identifier ? callee.name : callee.type === T.MemberExpression ? staticName(callee) : undefined;
  if (name !== 'fetch') return false;
  const origin = ctx.origins.ofCallee(call);
  return origin !== undefined && origin !== 'local' && origin.module === 'global';
}

/** What a response tells without its body. */
const HEAD_MEMBERS: ReadonlySet<string> = new Set(['ok', 'status', 'statusText', 'headers', 'url', 'redirected', 'type']);
/** Requests whose answers have no body. */
const BODILESS = /^(HEAD|OPTIONS)$/i;

/** The response is awaited in place, only its head is looked at, and the function sees all that becomes of it. */
export function bodyUnread(call: TSESTree.CallExpression, ctx: Context): boolean {
  const { parent } = wrapped(call);
  if (parent?.type !== T.AwaitExpression || rootOf(call).type === T.Program || !mayHaveBody(call)) return false;
  let looks = 0;
  const onlyHead = (landing: Landing): boolean => {
    switch (landing.to) {
      case 'member':
        looks += 1;
        return landing.name !== undefined && HEAD_MEMBERS.has(landing.name);
      case 'variable': {
        const variable = landing.using || landing.path.length > 0 ? undefined : ctx.bindings.variableOf(landing.id);
        if (variable === undefined || variable.scope.variableScope.block !== rootOf(call) || ctx.bindings.writesOf(variable).length !== 1) return false;
        return variable.references.every((reference) => !reference.isRead() || landingsOf(reference.identifier).every(onlyHead));
      }
      case 'pattern':
        looks += 1;
        return landing.pattern.type === T.ObjectPattern && landing.pattern.properties.every((property) => property.type === T.Property && HEAD_MEMBERS.has(staticName(property) ?? ''));
      case 'looked-at':
        return true;
      default:
        return false;
    }
  };
  return landingsOf(parent).every(onlyHead) && looks > 0;
}

function mayHaveBody({ arguments: [, options] }: TSESTree.CallExpression): boolean {
  if (options === undefined) return true;
  if (options.type !== T.ObjectExpression) return false;
  return options.properties.every((property) => {
    if (property.type !== T.Property) return false;
    const name = staticName(property);
    if (name === 'signal') return false;
    return name !== 'method' || (property.value.type === T.Literal && !BODILESS.test(String(property.value.value)));
  });
}
