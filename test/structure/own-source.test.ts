import assert from 'node:assert/strict';
import path from 'node:path';
import { countLines } from '../../src/configuration/lines';
import { findFiles } from '../../src/workspace/files';
import { DISK, type FileAccess } from '../../src/workspace/read';
import { createSession, type CheckResult } from '../../src/workspace/session';

/** A file that is not there: it leaks, so that silence about the others means something. */
const PROBE = path.resolve('src/cli/probe.ts');
const LEAK = "import { open } from 'node:fs/promises';\nexport async function f(file: string): Promise<void> {\n  const handle = await open(file);\n  await handle.stat();\n}\n";

function describeFindings({ files }: CheckResult): string[] {
  return files.flatMap(({ path: file, text, findings }) => {
    const lines = countLines(text);
    return findings.filter(({ tier }) => tier !== 'hint').map(({ start, rule, tier, message }) => `${path.relative('.', file)}:${String(lines.positionAt(start).line)} ${rule} ${tier}: ${message}`);
  });
}

describe('the tool on its own source', () => {
  it('finds no leak, in src and in its own build scripts', async () => {
    const { files, errors } = findFiles(['src', '.ci', 'esbuild.js'], { cwd: process.cwd() });
    assert.deepEqual(errors, []);
    const result = await createSession().checkFiles(files);
    assert.deepEqual(describeFindings(result), []);
    assert.deepEqual(result.notes, []);
    assert.deepEqual(result.skipped, []);
    assert.ok(result.checked > 100, `only ${String(result.checked)} files were looked at`);
    assert.ok(result.files.length > 0 && result.files.every(({ typed, complete }) => typed && complete), 'a file was analysed without types, or in part');
  });

  it('would find one', async () => {
    const access: FileAccess = {
      stat: (file) => (file === PROBE ? { size: LEAK.length, isFile: () => true } : DISK.stat(file)),
      read: (file) => (file === PROBE ? Buffer.from(LEAK) : DISK.read(file)),
    };
    const result = await createSession({ access }).checkFiles([PROBE, path.resolve('src/cli/check.ts')]);
    assert.deepEqual(describeFindings(result).map((line) => line.split(':')[0]), [path.relative('.', PROBE)]);
  });
});
