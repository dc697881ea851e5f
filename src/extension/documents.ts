import type { TextDocument } from 'vscode';

/** The languages whose documents are checked. package.json activates the extension for the same. */
export const LANGUAGES: readonly string[] = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'];

/** Files and unsaved documents: not the old side of a diff, not what a search or a chat shows. */
const SCHEMES: readonly string[] = ['file', 'untitled'];

/** What is sent to the server: source documents, and the configuration, whose errors are shown at their place. */
export const SELECTOR: readonly { readonly scheme: string; readonly language?: string; readonly pattern?: string }[] = [
  ...SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language }))),
  { scheme: 'file', pattern: '**/managed-scope.json' },
];

export function isServed({ uri, languageId }: Pick<TextDocument, 'uri' | 'languageId'>): boolean {
  return SCHEMES.includes(uri.scheme) && LANGUAGES.includes(languageId);
}

/**
 * Source that could hold a resource, so that the server is worth its memory. Declarations and dependencies are left to wait: they are
 * what opens when somebody follows a definition. No text is looked at: the names that acquire are many, they are the engine's, and the
 * next file with one is never far.
 */
export function couldHoldResource(document: Pick<TextDocument, 'uri' | 'languageId'>): boolean {
  const { path } = document.uri;
  return isServed(document) && !/\.d(?:\.[^./]+)?\.[cm]?ts$/i.test(path) && !/\/node_modules\//.test(path);
}

export function isConfiguration({ uri }: Pick<TextDocument, 'uri'>): boolean {
  return uri.scheme === 'file' && /\/managed-scope\.json$/.test(uri.path);
}
