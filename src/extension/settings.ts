import { workspace, type ConfigurationChangeEvent, type ConfigurationScope } from 'vscode';
import { MEMORY } from './heap';

/** The section that package.json declares; the server asks for the rest of it by itself. */
const SECTION = 'managedScope';

export type TraceSetting = 'off' | 'messages' | 'verbose';

/** What the client itself needs to know. package.json declares the defaults. */
export const settings = {
  /** The cap on the server's heap, in megabytes. */
  memory: (): number => workspace.getConfiguration(SECTION).get('memory', MEMORY),
  trace: (): TraceSetting => workspace.getConfiguration(SECTION).get<TraceSetting>('trace.server', 'off'),
  enabled: (scope?: ConfigurationScope): boolean => workspace.getConfiguration(SECTION, scope ?? null).get('enable', true),
} as const;

/** What a change of the configuration touches. */
export const changes = {
  memory: (event: ConfigurationChangeEvent): boolean => event.affectsConfiguration(`${SECTION}.memory`),
  trace: (event: ConfigurationChangeEvent): boolean => event.affectsConfiguration(`${SECTION}.trace`),
} as const;
