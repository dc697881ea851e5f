import type { ResourceModel } from '../resources/model';

const STACKS: ReadonlySet<string> = new Set(['disposable-stacks.DisposableStack', 'disposable-stacks.AsyncDisposableStack', 'managed-scope.AsyncStack', 'managed-scope.SyncStack']);

/** A stack of releases: of the language, or of the runtime. */
export function isStack({ id }: ResourceModel): boolean {
  return STACKS.has(id);
}
