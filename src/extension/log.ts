import { EventEmitter, LogLevel, window, workspace, type Disposable, type LogOutputChannel } from 'vscode';
import { changes, settings } from './settings';

/** The log that a person is shown: what the server says, and what goes wrong. */
export function createLog(): LogOutputChannel {
  return window.createOutputChannel('Managed Scope', { log: true });
}

const levelNow = (): LogLevel => (settings.trace() === 'off' ? LogLevel.Off : LogLevel.Trace);

/**
 * The same log, for the messages between editor and server. The client asks a channel's level whether to trace at all, and writes at that
 * level; our setting is to decide, not the level that the editor's log happens to have.
 */
export function createTraceLog(log: LogOutputChannel): { readonly channel: LogOutputChannel; readonly subscription: Disposable } {
  const changed = new EventEmitter<LogLevel>();
  const listener = workspace.onDidChangeConfiguration((event) => {
    if (changes.trace(event)) changed.fire(levelNow());
  });
  const channel = new Proxy(log, {
    get(target, name): unknown {
      if (name === 'logLevel') return levelNow();
      if (name === 'onDidChangeLogLevel') return changed.event;
      return Reflect.get(target, name === 'trace' ? 'info' : name);
    },
  });
  return { channel, subscription: { dispose: () => { listener.dispose(); changed.dispose(); } } };
}
