/** What VS Code's own interface gives to be disposed of, beside what its `register...` and `on...` give. Checked against its declarations. */
export interface EditorDisposable {
  /** A function of one of its namespaces. */
  readonly call: string;
  /**
   * `stands`: what was made stands whether somebody has it or not, as a registration does. `closes`: whoever uses the editor closes it.
   * `idle`: made and thrown away it does nothing, so that throwing it away is no leak worth a word.
   */
  readonly dropped: 'stands' | 'closes' | 'idle';
  /**
   * What becomes of one that only a local name had. `stays`: the editor keeps it, shown or hidden, until it is disposed of; `input`: the
   * same, of what is made for one question. Absent: it goes with whoever had it, or the user closes it.
   */
  readonly forgotten?: 'stays' | 'input';
}

export const EDITOR_DISPOSABLES: readonly EditorDisposable[] = [
  { call: 'window.createTreeView', dropped: 'stands' },
  { call: 'languages.setLanguageConfiguration', dropped: 'stands' },
  { call: 'notebooks.createNotebookController', dropped: 'stands' },
  { call: 'scm.createSourceControl', dropped: 'stands' },
  { call: 'comments.createCommentController', dropped: 'stands' },
  { call: 'tests.createTestController', dropped: 'stands' },
  { call: 'chat.createChatParticipant', dropped: 'stands' },
  { call: 'window.createTerminal', dropped: 'closes' },
  { call: 'window.createWebviewPanel', dropped: 'closes' },
  { call: 'window.setStatusBarMessage', dropped: 'closes' },
  { call: 'window.createQuickPick', dropped: 'idle', forgotten: 'input' },
  { call: 'window.createInputBox', dropped: 'idle', forgotten: 'input' },
  { call: 'window.createOutputChannel', dropped: 'idle', forgotten: 'stays' },
  { call: 'window.createStatusBarItem', dropped: 'idle', forgotten: 'stays' },
  { call: 'window.createTextEditorDecorationType', dropped: 'idle', forgotten: 'stays' },
  { call: 'workspace.createFileSystemWatcher', dropped: 'idle', forgotten: 'stays' },
  { call: 'languages.createDiagnosticCollection', dropped: 'idle', forgotten: 'stays' },
  { call: 'languages.createLanguageStatusItem', dropped: 'idle', forgotten: 'stays' },
  { call: 'env.createTelemetryLogger', dropped: 'idle' },
];

/** Functions whose result, thrown away, leaves standing what they made. */
export const STANDING_MAKERS: ReadonlySet<string> = new Set(EDITOR_DISPOSABLES.filter(({ dropped }) => dropped === 'stands').map(({ call }) => call.slice(call.indexOf('.') + 1)));

/** Functions whose result the editor keeps when its only name is forgotten. */
export const FORGOTTEN: ReadonlyMap<string, 'stays' | 'input'> = new Map(EDITOR_DISPOSABLES.flatMap(({ call, forgotten }) => (forgotten === undefined ? [] : [[call.slice(call.indexOf('.') + 1), forgotten] as const])));
