import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { trackedFiles } from './tracked';

/** Folders of one machine, at the start of a path. A word or a colon before the slash makes it part of another path or an address. */
const MACHINE_PATH = /(?<![\w.~*$}/:-])(?:file:\/\/)?\/(?:work|home|root|tmp|Users|mnt|opt|var\/folders)\/[\w.$-]|\b[A-Za-z]:\\+(?:Users|Windows|work)\\/;

/** Fixtures show what people write, and people write `/tmp/x`. Only there, and nothing but temporary paths. */
const isFixture = (file: string): boolean => file.startsWith('test/engine/fixtures/');

function machinePathsIn(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const said = isFixture(file) ? line.replaceAll('/tmp/', '') : line;
    const found = MACHINE_PATH.exec(said);
    return found ? [`${file}:${String(index + 1)}: ${line.trim().slice(0, 120)}`] : [];
  });
}

/** Where a lock file says that packages come from, other than from folders of the repository. */
function addressesIn(lock: string): string[] {
  return [...lock.matchAll(/"resolved":\s*"([^"]*)"/g)].flatMap((match) => (/:/.test(match[1] ?? '') ? [match[1] ?? ''] : []));
}

describe('what git keeps', () => {
  // This file spells out what it looks for.
  const files = trackedFiles().filter((file) => file !== 'test/structure/speaks-of-itself.test.ts');

  it('names no folder of a machine', () => {
    assert.ok(files.length > 100);
    const found = files.flatMap((file) => {
      const bytes = readFileSync(file);
      return bytes.includes(0) ? [] : machinePathsIn(file, bytes.toString('utf8'));
    });
    assert.deepEqual(found, []);
  });

  it('says of no package where it was downloaded', () => {
    const locks = files.filter((file) => file.endsWith('package-lock.json'));
    assert.ok(locks.includes('package-lock.json'));
    assert.deepEqual(locks.flatMap((lock) => addressesIn(readFileSync(lock, 'utf8')).map((address) => `${lock}: ${address}`)), []);
  });

  it('names no registry', () => {
    const settings = files.filter((file) => /(^|\/)\.(npmrc|yarnrc|yarnrc\.yml)$/.test(file));
    assert.deepEqual(settings.filter((file) => /registry/i.test(readFileSync(file, 'utf8'))), []);
  });

  it('would be found out', () => {
    const paths = [['', 'work', 'main', 'x'].join('/'), "'/home/me/a.ts'", '(/root/.npm)', '/tmp/out', 'at f (file:///home/me/x.js)', '/Users/me/x', 'C:\\Users\\me', "'C:\\\\Users\\\\me'"];
    for (const text of paths) assert.equal(machinePathsIn('src/x.ts', text).length, 1, text);
    for (const text of ['src/work/x', './home/x', 'https://example.org/home/x', '${base}/tmp/x', 'a/tmp/b', '/path/to/x', 'the home/work split', '**/tmp/*']) assert.deepEqual(machinePathsIn('src/x.ts', text), [], text);
    assert.deepEqual(machinePathsIn('test/engine/fixtures/a.ts', "'/tmp/x'"), []);
    assert.equal(machinePathsIn('test/engine/fixtures/a.ts', "'/home/me/x'").length, 1);
    assert.deepEqual(addressesIn('{ "resolved": "https://registry.example.org/a.tgz" }'), ['https://registry.example.org/a.tgz']);
    assert.deepEqual(addressesIn('{ "resolved": "src/runtime", "link": true }'), []);
  });
});
