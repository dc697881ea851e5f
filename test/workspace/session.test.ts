import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { createSession, ProjectError, type CheckOptions, type SessionOptions } from '../../src/workspace/session';
import { DISK } from '../../src/workspace/read';
import { installTypes, makeFolder, type Folder } from '../types/project';

/** Leaks when the read throws: found without types, by its import. */
const LEAK = `import { open } from 'node:fs/promises';
export async function read(path: string): Promise<string> {
  const handle = await open(path);
  const text = await handle.readFile('utf8');
  await handle.close();
  return text;
}
`;

const SOUND = `import { open } from 'node:fs/promises';
export async function read(path: string): Promise<string> {
  await using handle = await open(path);
  return await handle.readFile('utf8');
}
`;

describe('workspace: a session', () => {
  let folder: Folder;
  before(() => {
    folder = makeFolder({ '.git/HEAD': '', 'tsconfig.json': '{"compilerOptions":{"target":"es2022","lib":["es2023","esnext.disposable"]}}', 'leak.ts': LEAK, 'sound.ts': SOUND, 'nothing.ts': 'export const a = 1;\n' });
    installTypes(folder, '@types/node', 'undici-types');
  });
  after(() => folder.remove());

  const check = async (files: readonly string[], options: CheckOptions = {}, session: SessionOptions = {}) => {
    const result = await createSession(session).checkFiles(files.map((file) => folder.at(file)), options);
    return { ...result, names: result.files.map((file) => path.basename(file.path)) };
  };
  const rulesIn = (result: Awaited<ReturnType<typeof check>>) => result.files.flatMap((file) => file.findings.map(({ rule }) => `${path.basename(file.path)} ${rule}`));

  it('takes what a function of another file opens for the caller to close', async () => {
    const made = makeFolder({
      '.git/HEAD': '',
      'tsconfig.json': '{"compilerOptions":{"target":"es2022","lib":["es2023","esnext.disposable"]}}',
      'log.ts': `import { open, type FileHandle } from 'node:fs/promises';\nexport async function openLog(path: string): Promise<FileHandle> {\n  return open(path, 'a');\n}\n`,
      'size.ts': `import { openLog } from './log';
export async function size(path: string): Promise<number> {
  const log = await openLog(path);
  return (await log.stat()).size;
}
export async function sizeAndClose(path: string): Promise<number> {
  const log = await openLog(path);
  try {
    return (await log.stat()).size;
  } finally {
    await log.close();
  }
}
`,
    });
    try {
      installTypes(made, '@types/node', 'undici-types');
      const { files } = await createSession().checkFiles([made.at('log.ts'), made.at('size.ts')]);
      const found = files.flatMap((file) => file.findings.map(({ rule, tier, start }) => `${path.basename(file.path)}:${String(file.text.slice(0, start).split('\n').length)} ${rule} ${tier}`));
      assert.deepEqual(found, ['size.ts:3 missing-release potential']);
    } finally {
      made.remove();
    }
  });

  for (const types of [true, false]) {
    it(`finds a leak and nothing in sound code, ${types ? 'with' : 'without'} types`, async () => {
      const result = await check(['leak.ts', 'sound.ts', 'nothing.ts'], { types });
      assert.deepEqual(rulesIn(result), ['leak.ts release-not-on-throw']);
      assert.deepEqual(result.names, ['leak.ts', 'sound.ts']);
      assert.equal(result.checked, 3);
      assert.equal(result.typed > 0, types);
      assert.deepEqual([result.skipped, result.notes], [[], []]);
      assert.equal(result.files[0]?.text, LEAK);
    });
  }

  it('gives findings whose ranges are offsets into the text, byte order mark and CRLF included', async () => {
    const text = `\uFEFF${LEAK.replaceAll('\n', '\r\n')}`;
    folder.write('bom.ts', text);
    const [file] = (await check(['bom.ts'])).files;
    const [finding] = file?.findings ?? [];
    assert.ok(file && finding);
    assert.match(file.text.slice(finding.start, finding.end), /^(?:await )?open\(path\)$/);
  });

  it('skips what it cannot read, and says why', async () => {
    folder.write('latin1.ts', Uint8Array.of(0xe9, 0x0a));
    folder.write('made.ts', `// @generated\n${LEAK}`);
    const result = await check(['leak.ts', 'latin1.ts', 'made.ts', 'gone.ts']);
    assert.deepEqual(result.skipped.map(({ file, reason }) => `${path.basename(file)}: ${reason}`), ['latin1.ts: not UTF-8', 'made.ts: generated (its header says so)', 'gone.ts: it does not exist']);
    assert.equal(result.checked, 1);
    assert.deepEqual(rulesIn(result), ['leak.ts release-not-on-throw']);
  });

  it('skips a file without permission', async () => {
    const access = {
      stat: DISK.stat,
      read: (file: string) => {
        if (file.endsWith('leak.ts')) throw Object.assign(new Error('denied'), { code: 'EACCES' });
        return DISK.read(file);
      },
    };
    const result = await check(['leak.ts', 'sound.ts'], {}, { access });
    assert.deepEqual(result.skipped, [{ file: folder.at('leak.ts'), reason: 'no permission to read it' }]);
    assert.deepEqual(result.names, ['sound.ts']);
  });

  it('really meets such a file', async function () {
    if (process.getuid?.() === 0 || process.platform === 'win32') this.skip();
    chmodSync(folder.write('closed.ts', LEAK), 0);
    assert.equal((await check(['closed.ts'])).skipped[0]?.reason, 'no permission to read it');
  });

  it('finds leaks around syntax errors, and notes the error', async () => {
    folder.write('broken.ts', `${LEAK}\nexport const = 3;\n`);
    const result = await check(['broken.ts']);
    assert.deepEqual(rulesIn(result), ['broken.ts release-not-on-throw']);
    assert.match(result.notes[0]?.message ?? '', /^syntax error on line 9: /);
  });

  it('skips a file that nests too deeply, and goes on', async () => {
    folder.write('deep.ts', `open(${'(\n'.repeat(20_000)}1${')\n'.repeat(20_000)});`);
    const result = await check(['deep.ts', 'leak.ts']);
    assert.deepEqual(result.skipped.map(({ reason }) => reason), ['it could not be analysed: it nests too deeply']);
    assert.deepEqual(rulesIn(result), ['leak.ts release-not-on-throw']);
  });

  it('checks the files of a broken project with default options, and says so', async () => {
    const broken = makeFolder({ '.git/HEAD': '', 'tsconfig.json': '{"extends":"./tsconfig.json"}', 'leak.ts': LEAK });
    try {
      const result = await createSession().checkFiles([broken.at('leak.ts')]);
      assert.equal(result.files[0]?.findings.length, 1);
      assert.equal(result.notes[0]?.file, broken.at('tsconfig.json'));
    } finally {
      broken.remove();
    }
  });

  it('rejects when the project that was asked for is unusable', async () => {
    await assert.rejects(check(['leak.ts'], {}, { project: folder.at('none.json') }), ProjectError);
  });

  it('tells its progress, file by file', async () => {
    const seen: string[] = [];
    await check(['leak.ts', 'sound.ts', 'nothing.ts', 'gone.ts'], { onProgress: ({ done, total }) => seen.push(`${String(done)}/${String(total)}`) });
    assert.deepEqual(seen, ['1/4', '2/4', '3/4', '4/4']);
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    const seen: string[] = [];
    const running = check(['nothing.ts', 'leak.ts', 'sound.ts'], {
      signal: controller.signal,
      onProgress: ({ file }) => {
        seen.push(path.basename(file));
        controller.abort(new Error('enough'));
      },
    });
    await assert.rejects(running, /enough/);
    assert.deepEqual(seen, ['nothing.ts']);
  });

  it('analyses two files of the same project with one program, that sees what one imports of the other', async () => {
    const linked = makeFolder({
      '.git/HEAD': '',
      'tsconfig.json': '{}',
      'owner.ts': `export class Ledger {\n  async sum(): Promise<number> { return 1; }\n  async close(): Promise<void> { console.log('closed'); }\n  async [Symbol.asyncDispose](): Promise<void> { await this.close(); }\n}\nexport const openLedger = async () => new Ledger();\n`,
      'user.ts': `import { openLedger } from './owner';\nexport async function total(): Promise<number> {\n  const ledger = await openLedger();\n  const sum = await ledger.sum();\n  await ledger.close();\n  return sum;\n}\n`,
    });
    installTypes(linked, '@types/node', 'undici-types');
    try {
      const result = await createSession().checkFiles([linked.at('owner.ts'), linked.at('user.ts')]);
      const user = result.files.find((file) => file.path.endsWith('user.ts'));
      assert.equal(user?.typed, true);
      // Only its type says that `openLedger` gives something to close.
      assert.deepEqual(user.findings.map(({ rule }) => rule), ['release-not-on-throw']);
      assert.deepEqual(result.skipped, []);
    } finally {
      linked.remove();
    }
  });
});
