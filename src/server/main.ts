import { createConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';
import { serve } from './server';
import { VERSION } from '../workspace/version';

/**
 * Serves the process that started this one: over Node's IPC where it asked for that (`--node-ipc`), else over stdin and stdout. There is
 * no third way: this server neither listens nor connects.
 */
export function start(argv: readonly string[] = process.argv): void {
  const connection = argv.includes('--node-ipc') ? createConnection(new IPCMessageReader(process), new IPCMessageWriter(process)) : createConnection(process.stdin, process.stdout);
  process.once('disconnect', () => process.exit(1));
  // Whatever a library prints must not come between two messages.
  console.log = console.info = console.debug = (...words: unknown[]) => { console.error(...words); };
  // A promise that nobody waited for must not end the server; the editor would start it again, and it would happen again.
  process.on('unhandledRejection', (reason) => { connection.console.error(`unhandled: ${String(reason)}`); });
  process.on('uncaughtException', (error) => { connection.console.error(`uncaught: ${error.stack ?? error.message}`); });
  serve(connection, { name: 'managed-scope', version: VERSION });
}

if (require.main === module) start();
