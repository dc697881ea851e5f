import ts from 'typescript';

/** How a file is parsed, by its extension. `.d.ts` files are no sources: they acquire nothing. */
const SCRIPT_KINDS: Readonly<Record<string, ts.ScriptKind>> = {
  '.ts': ts.ScriptKind.TS,
  '.mts': ts.ScriptKind.TS,
  '.cts': ts.ScriptKind.TS,
  '.tsx': ts.ScriptKind.TSX,
  '.js': ts.ScriptKind.JSX,
  '.mjs': ts.ScriptKind.JSX,
  '.cjs': ts.ScriptKind.JSX,
  '.jsx': ts.ScriptKind.JSX,
};

/** `.ts` of `a/b.ts`; the empty string for what is not TypeScript or JavaScript. */
function sourceExtension(path: string): string {
  const found = /\.[cm]?[jt]sx?$/i.exec(path)?.[0].toLowerCase() ?? '';
  return found in SCRIPT_KINDS ? found : '';
}

/** `a.d.ts`, `a.d.mts`, `a.d.css.ts`. */
export function isDeclarationFile(path: string): boolean {
  return /\.d(?:\.[^./\\]+)?\.[cm]?ts$/i.test(path);
}

/** The path names a file that can be checked. */
export function isSourcePath(path: string): boolean {
  return sourceExtension(path) !== '' && !isDeclarationFile(path);
}

export function isJavaScript(path: string): boolean {
  return /\.[cm]?jsx?$/i.test(path);
}

export function scriptKindOf(path: string): ts.ScriptKind {
  return SCRIPT_KINDS[sourceExtension(path)] ?? ts.ScriptKind.TS;
}
