import assert from 'node:assert/strict';
import { DiagnosticSeverity } from 'vscode-languageserver-protocol/node';
import type { Folder } from '../types/project';
import { uriOf, type Client } from './harness/client';
import { openProject, type OpenProject } from './harness/project';
import { LEAK, SOUND } from './harness/sources';

describe('server: diagnostics', () => {
  let project: OpenProject;
  let folder: Folder;
  let client: Client;
  before(async () => {
    project = await openProject();
    ({ folder, client } = project);
  });
  after(async () => {
    assert.equal(await project.close(), 0);
  });

  it('come, move and go with the text', async () => {
    const uri = uriOf(folder.write('a.ts', LEAK));
    await client.open(uri, LEAK);
    assert.deepEqual(await client.found(uri), ['3 release-not-on-throw']);
    await client.change(uri, `// above\n\n${LEAK}`);
    assert.deepEqual(await client.found(uri), ['5 release-not-on-throw']);
    await client.change(uri, SOUND);
    assert.deepEqual(await client.found(uri), []);
  });

  it('walk the witness, and lead to the rule', async () => {
    const uri = uriOf(folder.write('witness.ts', LEAK));
    await client.open(uri, LEAK);
    const [diagnostic] = await client.diagnostics(uri);
    assert.ok(diagnostic);
    assert.equal(diagnostic.severity, DiagnosticSeverity.Warning);
    assert.equal(diagnostic.source, 'managed-scope');
    assert.match(diagnostic.codeDescription?.href ?? '', /^file:.*\/rules\/release-not-on-throw\.md$/);
    const steps = diagnostic.relatedInformation?.map(({ location, message }) => `${String(location.range.start.line + 1)}: ${message}`) ?? [];
    assert.ok(steps.length >= 2, steps.join('\n'));
    assert.match(steps[0] ?? '', /^3: `handle` is acquired/);
    assert.match(steps.at(-1) ?? '', /^4: .*not closed/);
    for (const { location } of diagnostic.relatedInformation ?? []) assert.equal(location.uri, uri);
  });

  it('are not sent again when they are the same', async () => {
    const uri = uriOf(folder.write('same.ts', LEAK));
    await client.open(uri, LEAK);
    const first = await client.pull(uri);
    assert.equal(first.kind, 'full');
    assert.deepEqual(await client.pull(uri, first.resultId), { kind: 'unchanged', resultId: first.resultId });
    // Another text, of which there is the same to say.
    await client.change(uri, `${LEAK}// below\n`);
    assert.equal((await client.pull(uri, first.resultId)).kind, 'unchanged');
    await client.change(uri, SOUND);
    assert.equal((await client.pull(uri, first.resultId)).kind, 'full');
  });
});
