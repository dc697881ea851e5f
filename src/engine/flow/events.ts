import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { isFunction, unwrap } from '../syntax/nodes';
import type { CallNode } from '../syntax/nodes';
import { REGISTRATIONS } from './registrations';
import type { Registration } from './registrations';

/** A callback that a call registers, and the outcomes at which it runs. No outcomes: an event whose name is not written there. */
export interface Registered {
  readonly callback: TSESTree.Node;
  readonly events: readonly string[];
}

const BY_NAME = indexByName();

/** The callbacks that a call registers or runs, in the order of the table. */
export function registrationsOf(call: CallNode): Registered[] {
  const callee = unwrap(call.callee);
  if (isFunction(callee)) return [{ callback: callee, events: ['now'] }];
  const name = nameOf(callee);
  const found: Registered[] = [];
  for (const registration of (name !== undefined && BY_NAME.get(name)) || []) {
    if (!isWrittenAs(registration, call, callee)) continue;
    const callback = callbackAt(call, registration);
    if (callback !== undefined) found.push({ callback, events: outcomesOf(call, registration) });
  }
  return found;
}

function indexByName(): ReadonlyMap<string, readonly Registration[]> {
  const index = new Map<string, Registration[]>();
  for (const registration of REGISTRATIONS) {
    for (const name of registration.names) index.set(name, [...(index.get(name) ?? []), registration]);
  }
  return index;
}

function isWrittenAs({ callee: written }: Registration, call: CallNode, callee: TSESTree.Node): boolean {
  if (written === 'constructor') return call.type === T.NewExpression;
  if (call.type === T.NewExpression) return false;
  return written === 'function' || callee.type === T.MemberExpression;
}

function callbackAt(call: CallNode, { callback, inline }: Registration): TSESTree.Node | undefined {
  // What stands behind a spread has no known place.
  if (call.arguments.slice(0, callback + 1).some((argument) => argument.type === T.SpreadElement)) return undefined;
  const argument = call.arguments[callback];
  if (argument === undefined || argument.type === T.Literal) return undefined;
  if (argument.type === T.Identifier && argument.name === 'undefined') return undefined;
  return inline && !isFunction(unwrap(argument)) ? undefined : argument;
}

function outcomesOf(call: CallNode, { at }: Registration): readonly string[] {
  if (!('argument' in at)) return at;
  const name = call.arguments[at.argument];
  return name?.type === T.Literal && typeof name.value === 'string' ? [name.value] : [];
}

function nameOf(callee: TSESTree.Node): string | undefined {
  if (callee.type === T.Identifier) return callee.name;
  if (callee.type === T.MemberExpression && !callee.computed && callee.property.type === T.Identifier) return callee.property.name;
  return undefined;
}
