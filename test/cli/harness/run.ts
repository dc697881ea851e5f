import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The command line as the tests' build made it. */
export const MAIN = path.resolve(__dirname, '../../../src/cli/main.js');

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with some files, in which the command line can be run. Disposed, it is gone. */
export class TestProject {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'managed-scope-cli-')));

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string | Uint8Array): void {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Runs `managed-scope` with these arguments in the folder; `from` is a folder inside it, `main` another build. */
  run(args: readonly string[], { from = '.', env = {}, main = MAIN }: { from?: string; env?: Record<string, string>; main?: string } = {}): Outcome {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
      cwd: path.join(this.folder, from),
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
    return { status, stdout, stderr };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs a test with a project, which is removed however the test ends. */
export function withProject(files: Readonly<Record<string, string>>, test: (project: TestProject) => void | Promise<void>): () => Promise<void> {
  return async () => {
    const project = new TestProject(files);
    try {
      await test(project);
    } finally {
      project.remove();
    }
  };
}

/** A function that leaks a file handle when `stat` throws: one definite release-not-on-throw at `open(p)`, line 3. */
export const LEAK = `import { open } from 'node:fs/promises';
export async function size(p: string) {
  const fh = await open(p);
  const s = await fh.stat();
  await fh.close();
  return s.size;
}
`;

/** The same without the leak. */
export const NO_LEAK = LEAK.replace('const fh = await open(p);', 'await using fh = await open(p);').replace('  await fh.close();\n', '');
