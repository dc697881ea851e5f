// npm run bench:latency -- [FOLDER] [--edits N] [--long N]: how long an editor waits for diagnostics after an edit, beside what TypeScript
// itself takes for the same edits, and what the server's memory does over a long series of them. See docs/measuring.md.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { heapOptions, MEMORY } from '../../src/extension/heap';
import { Client, uriOf } from '../server/harness/client';
import { TypeScriptService } from './latency/languageService';
import { Work } from './latency/hour';
import { makeProject, neighboursOf, pickSubject, type Subject } from './latency/project';
import { print, runCommand, tell } from './shared/command';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { edits: { type: 'string', default: '100' }, long: { type: 'string', default: '3600' } } });

/** The edits: a comment grows somewhere, a statement comes and goes; each at another place of the file. */
function editOf(text: string, edit: number): string {
  const lines = text.split('\n');
  const free = lines.flatMap((line, index) => (/^ {2,4}(?:const|return|await)\b/.test(line) ? [index] : []));
  const at = free[(edit * 37) % Math.max(free.length, 1)] ?? lines.length - 1;
  lines.splice(at, 0, edit % 2 === 0 ? `  // edit ${String(edit)}` : `  void ${String(edit)};`);
  return lines.join('\n');
}

function describe(times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): string => `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)} ms`;
  return `median ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)}`;
}

/** Has the server collect and tell its heap when it is signalled. */
function writeProbe(folder: string): string {
  const file = path.join(folder, 'probe.cjs');
  writeFileSync(file, "process.on('SIGUSR2', () => { gc(); gc(); process.stderr.write('heap ' + process.memoryUsage().heapUsed + '\\n'); });\n");
  return file;
}

async function heapOf(client: Client): Promise<number> {
  const before = client.stderr.length;
  const told = new Promise<number>((resolve) => {
    const listen = (): void => {
      const found = /heap (\d+)\n/.exec(client.stderr.slice(before));
      if (!found) return;
      client.process.stderr.off('data', listen);
      resolve(Number(found[1]));
    };
    client.process.stderr.on('data', listen);
  });
  client.process.kill('SIGUSR2');
  return told;
}

/** Hundreds of edits that come and go in several files, an hour's worth when somebody edits once a second; the heap after each tenth of them. */
async function workLong(client: Client, { folder, file, text }: Subject, edits: number): Promise<void> {
  const uri = uriOf(file);
  const others = new Map(neighboursOf(folder, file).map((one) => [one, readFileSync(one, 'utf8')]));
  const work = new Work(client, folder, file, others);
  await work.begin(text);
  const heaps: number[] = [];
  const step = Math.max(1, Math.floor(edits / 12));
  const series: string[] = [];
  for (let edit = 0; edit <= edits; edit++) {
    if (edit % step === 0) {
      heaps.push((await heapOf(client)) / 1e6);
      series.push(`${String(edit)}: ${(heaps.at(-1) ?? 0).toFixed(1)}`);
      tell(series.at(-1) ?? '');
    }
    if (edit < edits) await work.edit();
  }
  print(`heap of the server after collecting, MB by edits in ${String(others.size + 1)} files: ${series.join(', ')}`);
  // What is read for the first time is read in the first tenth.
  print(`trend after the first: ${slopeOf(heaps.slice(1)).toFixed(2)} MB per ${String(step)} edits`);
  await work.end();
  // Answered behind all that was sent before.
  await client.pull(uri);
  print(`all closed: ${((await heapOf(client)) / 1e6).toFixed(1)} MB; the server says: ${client.statuses.at(-1)?.state ?? 'nothing'}`);
}

/** How much a series grows from one value to the next: the slope of the line that fits best. */
function slopeOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = (values.length - 1) / 2;
  const above = values.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
  return above / values.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
}

async function run(subject: Subject, scratch: string): Promise<void> {
  const { folder, file, text, files } = subject;
  print(`${path.relative(folder, file)}, ${String(text.split('\n').length)} lines, in a project of ${String(files)} files`);
  const client = await Client.start({ folders: [folder], nodeOptions: [...heapOptions(MEMORY), '--expose-gc', '--require', writeProbe(scratch)] });
  const uri = uriOf(file);
  const opened = performance.now();
  await client.open(uri, text);
  const first = await client.diagnostics(uri);
  print(`opened and answered after ${(performance.now() - opened).toFixed(0)} ms, ${String(first.length)} findings`);

  const service = new TypeScriptService(file, text);
  print(`TypeScript's first answer after ${service.measure(`${text}\n`).toFixed(0)} ms`);
  const ours: number[] = [];
  const theirs: number[] = [];
  const warm = 10;
  for (let edit = 0; edit < Number(values.edits) + warm; edit++) {
    const edited = editOf(text, edit);
    await client.change(uri, edited);
    const started = performance.now();
    await client.pull(uri);
    const took = performance.now() - started;
    const compiler = service.measure(edited);
    if (edit < warm) continue;
    ours.push(took);
    theirs.push(compiler);
  }
  print(`diagnostics after an edit:  ${describe(ours)}`);
  print(`TypeScript's for the same:  ${describe(theirs)}`);

  await client.change(uri, text);
  if (Number(values.long) > 0) await workLong(client, subject, Number(values.long));
  await client.stop();
}

async function main(): Promise<void> {
  const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'managed-scope-latency-')));
  try {
    const [folder] = positionals;
    let subject: Subject;
    if (folder !== undefined) subject = pickSubject(path.resolve(folder));
    else {
      subject = makeProject(path.join(scratch, 'project'));
      mkdirSync(path.join(subject.folder, 'node_modules/@types'), { recursive: true });
      for (const name of ['@types/node', 'undici-types']) symlinkSync(path.resolve('node_modules', name), path.join(subject.folder, 'node_modules', name), 'dir');
    }
    await run(subject, scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

runCommand(main);
