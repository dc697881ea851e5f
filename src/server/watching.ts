import path from 'node:path';
import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification, FileChangeType, type FileEvent } from 'vscode-languageserver/node';
import { SETTINGS_SECTION } from '../configuration/editorSettings';
import { countLines } from '../configuration/lines';
import { isDeclarationFile, isSourcePath } from '../workspace/languages';
import { LiveConfigurations } from '../workspace/live/liveConfigurations';
import type { ServerContext } from './context';
import { toProblemDiagnostic } from './diagnostics';
import { pathOf } from './places';
import { recheckClosed } from './workspaceCheck';

/** What decides on answers beside the documents themselves. Lock files are written when packages were installed. */
const WATCHED = ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}', '**/{tsconfig,jsconfig}*.json', '**/package.json', '**/managed-scope*.json', '**/.gitignore', '**/{package-lock.json,yarn.lock,pnpm-lock.yaml,bun.lock}'];

/** Asks the editor to tell of changes, where it can be asked. */
export async function watch({ connection, features }: ServerContext): Promise<void> {
  if (features.watchesFiles) await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHED.map((globPattern) => ({ globPattern })) });
  if (features.registersConfiguration) await connection.client.register(DidChangeConfigurationNotification.type, { section: SETTINGS_SECTION });
}

/** What a change of a file means. */
type Meaning = 'configuration' | 'packages' | 'project' | 'source' | 'nothing';

function tellMeaning(file: string): Meaning {
  const name = path.basename(file);
  if (LiveConfigurations.isConfiguration(file)) return 'configuration';
  if (/^(?:package(?:-lock)?\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lock)$/.test(name)) return 'packages';
  if (/^[jt]sconfig.*\.json$/.test(name)) return 'project';
  return isSourcePath(name) || isDeclarationFile(name) ? 'source' : 'nothing';
}

/** Takes in what happened on the disk. Afterwards the editor asks again, and closed files of which something is shown are checked again. */
export async function takeChanges(context: ServerContext, changes: readonly FileEvent[]): Promise<void> {
  const files = changes.flatMap(({ uri, type }) => {
    const file = pathOf(uri);
    return file === undefined ? [] : [{ file, type, meaning: tellMeaning(file) }];
  });
  for (const { file, type, meaning } of files) {
    if (type === FileChangeType.Deleted) context.closed.clearBelow(file);
    if (meaning === 'configuration') takeConfiguration(context, file);
    else if (meaning === 'source' && type === FileChangeType.Changed) context.session.changed(file);
  }
  const packages = files.some(({ meaning }) => meaning === 'packages');
  const moved = files.some(({ meaning, type }) => meaning === 'project' || (meaning === 'source' && type !== FileChangeType.Changed));
  if (packages || moved) context.session.restart(packages ? 'packages' : 'sources');
  const everything = packages || files.some(({ meaning }) => meaning === 'configuration' || meaning === 'project');
  context.refresh();
  await recheckClosed(context, everything ? context.closed.files : files.filter(({ meaning }) => meaning === 'source').map(({ file }) => file));
}

/** A managed-scope.json was written, came or went. What is wrong in it is shown there while it is closed; an open one is pulled. */
export function takeConfiguration(context: ServerContext, file: string): void {
  context.session.configurations.changed(file);
  showConfigurationProblems(context);
}

/** Shows what is wrong in the configurations that were met. */
export function showConfigurationProblems(context: ServerContext): void {
  const { broken } = context.session.configurations;
  for (const { file, text, problems } of broken) {
    const lines = countLines(text);
    if (!context.isOpen(file)) context.closed.show(file, problems.map((problem) => toProblemDiagnostic(problem, lines)), 'configuration');
  }
  for (const file of context.closed.configurations) if (!broken.some((one) => one.file === file)) context.closed.clear(file);
}
