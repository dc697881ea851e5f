// The house's own rules: strict TypeScript, and arrows between layers that point one way (docs/architecture.md).
import tseslint from 'typescript-eslint';

/** What a layer may not import, as patterns of module specifiers. */
const forbid = (message, ...group) => ({ group, message });
const layer = (files, ...patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});
const above = (...names) => [...names.flatMap((name) => [`**/${name}/*`, `**/${name}/**`, `**/${name}`]), '!@typescript-eslint/types'];

export default tseslint.config(
  { ignores: ['node_modules/**', 'dist/**', 'out/**', 'out-runtime/**', '.cache/**', '**/fixtures/**', 'src/runtime/dist/**', 'examples/**', 'test/**/consumer/**', '.vscode-host/**'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/unified-signatures': 'off',
    },
  },
  layer(
    ['src/engine/**/*.ts'],
    forbid('the engine is pure: it imports no editor, no compiler, no Node module', 'vscode', 'typescript', 'node:*', 'fs', 'path', 'os', 'child_process', 'vscode-*', '!./vscode-*'),
    forbid('the engine knows no layer above it', ...above('types', 'configuration', 'workspace', 'server', 'extension', 'eslint', 'cli', 'runtime')),
  ),
  layer(
    ['src/types/**/*.ts'],
    forbid('the typescript module is handed in', 'vscode', 'vscode-*'),
    forbid('types answers the engine, nothing else', ...above('configuration', 'workspace', 'server', 'extension', 'eslint', 'cli', 'runtime')),
  ),
  layer(
    ['src/configuration/**/*.ts'],
    forbid('configuration is pure', 'vscode', 'typescript', 'node:*', 'fs', 'path', 'os', 'vscode-*'),
    forbid('configuration knows the engine only', ...above('types', 'workspace', 'server', 'extension', 'eslint', 'cli', 'runtime')),
  ),
  layer(
    ['src/workspace/**/*.ts'],
    forbid('the workspace knows no shell', 'vscode', 'vscode-*', ...above('server', 'extension', 'eslint', 'cli', 'runtime')),
  ),
  layer(['src/eslint/**/*.ts'], forbid('ESLint brings its own TypeScript', 'vscode', 'typescript', ...above('workspace', 'server', 'extension', 'cli', 'runtime'))),
  layer(['src/cli/**/*.ts'], forbid('the command line stands on the workspace', 'vscode', ...above('server', 'extension', 'eslint', 'runtime'))),
  layer(['src/server/**/*.ts'], forbid('the server stands on the workspace', 'vscode', ...above('extension', 'eslint', 'cli', 'runtime'))),
  layer(['src/extension/**/*.ts'], forbid('the extension speaks to the server over LSP only', ...above('engine', 'types', 'configuration', 'workspace', 'server', 'eslint', 'cli', 'runtime'))),
  layer(['src/runtime/**/*.ts'], forbid('the runtime stands alone', 'node:*', 'vscode', ...above('engine', 'types', 'configuration', 'workspace', 'server', 'extension', 'eslint', 'cli'))),
);
