import type { TSESTree } from '@typescript-eslint/types';
import type { FixCase } from '../case';
import { importName, importTogether } from '../edit/imports';
import type { Plan } from '../edit/plan';
import type { ReleaseCode } from './releaseCode';

/** What a file calls the stack that enters several at once, and `closing`. */
export interface Entering {
  readonly stack: string;
  readonly closing: string;
}

/** Plans the import of `AsyncExitStack`, and of `closing` where something has no symbol of its own. */
export function importEntering(plan: Plan, withClosing: boolean, { source, ability, ctx }: FixCase): Entering | undefined {
  const { specifier } = ability.runtime;
  const stack = importName('AsyncExitStack', specifier, source, ctx.bindings, ability);
  const closing = importName('closing', specifier, source, ctx.bindings, ability);
  if (stack === undefined || closing === undefined) return undefined;
  importTogether(plan, withClosing ? [stack, closing] : [stack], specifier, source, ability);
  return { stack: stack.local, closing: closing.local };
}

/** `pool.connect()` -> `pool.connect().then((client) => closing(client, () => client.release()))`. */
export function promiseClosing(plan: Plan, call: TSESTree.Node, name: string, release: ReleaseCode, closing: string): void {
  plan.insert(call.range[1], `.then((${name}) => ${closing}(${name}, () => ${release.write(name)}))`);
}
