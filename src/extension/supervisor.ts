import { EventEmitter, window, workspace, type Disposable, type Event, type ExtensionContext, type LogOutputChannel } from 'vscode';
import { State, type LanguageClient } from 'vscode-languageclient/node';
import { createClient } from './client';
import { couldHoldResource, isConfiguration } from './documents';
import { createTraceLog } from './log';
import { changes } from './settings';

/** What a person is told of the server. `idle`: nothing has needed it yet. */
export type ServerState = 'idle' | 'starting' | 'running' | 'stopped';

/** Starts the server when a document needs it, and again when it is asked to or its memory setting changes. After a crash the client itself starts it anew. */
export class Supervisor implements Disposable {
  readonly #changed = new EventEmitter<ServerState>();
  readonly onDidChangeState: Event<ServerState> = this.#changed.event;
  readonly #subscriptions: Disposable[] = [this.#changed];
  readonly #context: ExtensionContext;
  readonly #log: LogOutputChannel;
  readonly #trace: LogOutputChannel;
  readonly #configure: (client: LanguageClient) => void;
  #client: LanguageClient | undefined;
  #state: ServerState = 'idle';
  /** One start or stop at a time, in the order in which they were asked for. */
  #work: Promise<void> = Promise.resolve();

  /** `configure` is called for each new client before it is started. */
  constructor(context: ExtensionContext, log: LogOutputChannel, configure: (client: LanguageClient) => void) {
    const { channel, subscription } = createTraceLog(log);
    this.#context = context;
    this.#log = log;
    this.#trace = channel;
    this.#configure = configure;
    this.#subscriptions.push(
      subscription,
      workspace.onDidOpenTextDocument((document) => {
        if (couldHoldResource(document) || isConfiguration(document)) void this.start();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (changes.memory(event) && this.#client) void this.restart();
      }),
    );
    if (workspace.textDocuments.some((document) => couldHoldResource(document) || isConfiguration(document))) void this.start();
  }

  get state(): ServerState {
    return this.#state;
  }

  /** The client, started where it was not; undefined when it cannot be: that has been said then. */
  async start(): Promise<LanguageClient | undefined> {
    await this.#inTurn(async () => {
      if (this.#client) return;
      const client = createClient(this.#context, { log: this.#log, trace: this.#trace });
      client.onDidChangeState(({ newState }) => {
        if (this.#client === client) this.#setState(newState === State.Running ? 'running' : newState === State.Starting ? 'starting' : 'stopped');
      });
      this.#client = client;
      this.#configure(client);
      try {
        await client.start();
      } catch (error) {
        this.#log.error(`The server did not start: ${String(error)}`);
        this.#setState('stopped');
        void this.#say('Managed Scope: the language server did not start.');
      }
    });
    return this.#client?.isRunning() ? this.#client : undefined;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.#inTurn(async () => {
      const client = this.#client;
      this.#client = undefined;
      // One that never came up, or was given up, has nothing left to stop, and says so by an error.
      await client?.dispose().catch((error: unknown) => { this.#log.warn(`The server was not stopped cleanly: ${String(error)}`); });
      if (client) this.#setState('stopped');
    });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #setState(state: ServerState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#changed.fire(state);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(work);
    return this.#work;
  }

  async #say(message: string): Promise<void> {
    const restart = 'Restart';
    const showLog = 'Show Log';
    const answer = await window.showErrorMessage(message, restart, showLog);
    if (answer === restart) await this.restart();
    else if (answer === showLog) this.#log.show();
  }
}
