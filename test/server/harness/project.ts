import { installTypes, makeFolder, type Folder } from '../../types/project';
import { Client, type ClientOptions } from './client';
import { TSCONFIG } from './sources';

/** A folder with an editor that has it open. */
export interface OpenProject {
  readonly folder: Folder;
  readonly client: Client;
  /** Ends the editor, then removes the folder; gives the server's exit code. */
  close(): Promise<number | null>;
}

export interface ProjectOptions extends Omit<ClientOptions, 'folders'> {
  /** Beside a repository, a tsconfig.json and a package.json; or in their place. */
  readonly files?: Readonly<Record<string, string>>;
  /** Packages of this repository that are installed there, beside Node's types. */
  readonly packages?: readonly string[];
}

/** Makes a project that has Node's types, and opens it. */
export async function openProject({ files = {}, packages = [], ...options }: ProjectOptions = {}): Promise<OpenProject> {
  const folder = makeProject({ files, packages });
  const client = await Client.start({ ...options, folders: [folder.path] });
  return {
    folder,
    client,
    close: async () => {
      const code = await client.stop();
      folder.remove();
      return code;
    },
  };
}

/** A project that has Node's types, for tests that start their editors themselves. */
export function makeProject({ files = {}, packages = [] }: Pick<ProjectOptions, 'files' | 'packages'> = {}): Folder {
  const folder = makeFolder({ '.git/HEAD': '', 'tsconfig.json': TSCONFIG, 'package.json': '{}', ...files });
  installTypes(folder, '@types/node', 'undici-types', ...packages);
  return folder;
}
