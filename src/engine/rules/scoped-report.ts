import type { TSESTree } from '@typescript-eslint/types';
import type { Range, Step } from '../findings';
import type { Obligation } from '../ownership/obligation';
import type { Scoped } from '../ownership/scoped';
import { acquireOf } from '../ownership/scoped';
import type { CodeCase, Report } from './code-rule';

/** What every file that declares with `using` says. The pre-filter knows such files by themselves. */
export const USING_MENTIONS: readonly string[] = ['using '];

/** Rules on obligations look at every file that has some. */
export const OBLIGATIONS_MENTION: readonly string[] = [''];

/** What every file that imports the runtime says, or a copy of it. */
export const RUNTIME_MENTIONS: readonly string[] = ['managed-scope'];

export function rangeOf(node: TSESTree.Node): Range {
  return { start: node.range[0], end: node.range[1] };
}

export function stepAt(node: TSESTree.Node, message: string): Step {
  return { ...rangeOf(node), message };
}

/** The obligation that a scope's acquire begins, if it is one that is known. */
export function obligationOfScope(scoped: Scoped, obligations: readonly Obligation[]): Obligation | undefined {
  const call = acquireOf(scoped);
  return call && obligations.find((obligation) => obligation.site.call === call);
}

/** What a scope holds, in the words of reports. */
export function heldBy(scoped: Scoped, { obligations }: CodeCase): Pick<Report, 'resource' | 'family'> {
  const resource = obligationOfScope(scoped, obligations)?.site.resource;
  return { resource: resource?.noun ?? 'resource', family: resource?.family ?? 'disposable' };
}

/** The acquiring call, for reports of which one is enough for each scope. */
export function acquireRange(scoped: Scoped): Pick<Report, 'acquire'> {
  const call = acquireOf(scoped);
  return call === undefined ? {} : { acquire: rangeOf(call) };
}

/** The line on which the scope ends and releases. */
export function lastLineOf({ block }: Scoped): string {
  return String(block.loc.end.line);
}
