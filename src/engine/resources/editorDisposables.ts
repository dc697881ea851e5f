/** What VS Code's own interface gives to be disposed of, beside what its `register...` and `on...` give. Checked against its declarations. */
export interface EditorDisposable {
  /** A function of one of its namespaces. */
  readonly call: string;
  /**
   * `stands`: what was made stands whether somebody has it or not, as a registration does. `closes`: whoever uses the editor closes it.
   * `idle`: made and thrown away it does nothing, so that throwing it away is no leak worth a word.
   */
  readonly dropped: 'stands' | 'closes' | 'idle';
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
  { call: 'window.createQuickPick', dropped: 'idle' },
  { call: 'window.createInputBox', dropped: 'idle' },
  { call: 'window.createOutputChannel', dropped: 'idle' },
  { call: 'window.createStatusBarItem', dropped: 'idle' },
  { call: 'window.createTextEditorDecorationType', dropped: 'idle' },
  { call: 'workspace.createFileSystemWatcher', dropped: 'idle' },
  { call: 'languages.createDiagnosticCollection', dropped: 'idle' },
  { call: 'languages.createLanguageStatusItem', dropped: 'idle' },
  { call: 'env.createTelemetryLogger', dropped: 'idle' },
];

/** Functions whose result, thrown away, leaves standing what they made. */
export const STANDING_MAKERS: ReadonlySet<string> = new Set(EDITOR_DISPOSABLES.filter(({ dropped }) => dropped === 'stands').map(({ call }) => call.slice(call.indexOf('.') + 1)));
