import { LSPErrorCodes, ResponseError, type CancellationToken, type Disposable } from 'vscode-languageserver/node';
import { Superseded } from '../workspace/live/liveSession';

/** The signal of a request's token. To be released when the request is answered. */
export function signalOf(token: CancellationToken): { readonly signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  const listener = token.onCancellationRequested(() => { controller.abort(); });
  return { signal: controller.signal, dispose: () => { listener.dispose(); } };
}

/** Why work ended: somebody cancelled it, or an edit overtook it. */
export function isCancellation(error: unknown): boolean {
  return error instanceof Superseded || (error instanceof Error && error.name === 'AbortError');
}

/**
 * A handler that answers whatever happens. Cancelled and overtaken requests get the protocol's errors; one that crashes is logged and
 * gets `empty`: a wrong answer would be worse than none, and the server goes on.
 */
export function answering<P, R>(
  name: string,
  log: (message: string) => void,
  empty: R,
  handler: (params: P, signal: AbortSignal) => Promise<R>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError> {
  return async (params, token) => {
    const { signal, dispose } = signalOf(token);
    try {
      return await handler(params, signal);
    } catch (error) {
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      if (isCancellation(error)) return new ResponseError(LSPErrorCodes.ContentModified, 'the document changed');
      log(`${name} failed: ${describe(error)}`);
      return empty;
    } finally {
      dispose();
    }
  };
}

/** An error for the log: with its stack, which a person who reports it will need. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
