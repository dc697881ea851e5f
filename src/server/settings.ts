import { DEFAULT_EDITOR_SETTINGS, readEditorSettings, SETTINGS_SECTION, type EditorSettings } from '../configuration/editorSettings';

/** Asks the editor for a section of its settings as it holds for a resource. */
export type AskConfiguration = (uri: string, section: string) => Promise<unknown>;

/** The settings of each resource, asked for once until they change. Never those of one resource for another. */
export class SettingsCache {
  readonly #ask: AskConfiguration | undefined;
  readonly #log: (message: string) => void;
  readonly #byResource = new Map<string, Promise<EditorSettings>>();
  #sent: EditorSettings = DEFAULT_EDITOR_SETTINGS;

  /** `ask`: absent for editors that cannot be asked; then what they send counts. */
  constructor(ask: AskConfiguration | undefined, log: (message: string) => void) {
    this.#ask = ask;
    this.#log = log;
  }

  of(uri: string): Promise<EditorSettings> {
    const ask = this.#ask;
    if (!ask) return Promise.resolve(this.#sent);
    let found = this.#byResource.get(uri);
    if (!found) {
      found = ask(uri, SETTINGS_SECTION).then(
        (value) => this.#read(value),
        (error: unknown) => {
          this.#log(`the settings of ${uri} cannot be had: ${String(error)}`);
          return DEFAULT_EDITOR_SETTINGS;
        },
      );
      this.#byResource.set(uri, found);
    }
    return found;
  }

  /** The settings changed. `sent`: what the editor sent along, or at its start: the section, or an object that holds it. */
  changed(sent?: unknown): void {
    this.#byResource.clear();
    if (typeof sent !== 'object' || sent === null) return;
    this.#sent = this.#read(SETTINGS_SECTION in sent ? sent[SETTINGS_SECTION] : sent);
  }

  forget(uri: string): void {
    this.#byResource.delete(uri);
  }

  #read(value: unknown): EditorSettings {
    const { settings, problems } = readEditorSettings(value);
    for (const problem of problems) this.#log(`in the settings: ${problem}`);
    return settings;
  }
}
