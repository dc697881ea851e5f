import { parseForESLint } from '@typescript-eslint/parser';
import type { SourceModule } from '../../../src/engine/analyse';

/** Parses a fixture as its name says: JSX in .tsx, .jsx and .js; a script if .cjs. */
export function parseFixture(path: string, text: string): SourceModule {
  const { ast, scopeManager } = parseForESLint(text, {
    filePath: path,
    sourceType: path.endsWith('.cjs') ? 'commonjs' : 'module',
    ecmaFeatures: { jsx: /\.(?:[jt]sx|[cm]?js)$/.test(path) },
    loc: true,
    range: true,
  });
  return { path, text, ast, scopes: scopeManager };
}
