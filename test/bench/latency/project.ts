import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MODELS } from '../../../src/engine/resources/index';
import { findFiles } from '../../../src/workspace/files';
import { createPrefilter } from '../../../src/workspace/prefilter';

/** The length of the file that is edited, in lines. */
const LINES = 1_500;

/** A file to be edited, in a project. */
export interface Subject {
  readonly folder: string;
  readonly file: string;
  readonly text: string;
  readonly files: number;
}

/** The file of a folder that is nearest to 1,500 lines among those that the analysis looks into. */
export function pickSubject(folder: string): Subject {
  const { files } = findFiles([folder]);
  const passes = createPrefilter(MODELS);
  let best: { file: string; text: string; distance: number } | undefined;
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const distance = Math.abs(text.split('\n').length - LINES);
    if ((best === undefined || distance < best.distance) && passes(text)) best = { file, text, distance };
  }
  if (!best) throw new Error(`${folder} holds no file with anything that acquires`);
  return { folder, file: best.file, text: best.text, files: files.length };
}

/** How many files are edited beside the long one. */
const NEIGHBOURS = 6;

/** Other files of the folder that somebody would have open beside the one. */
export function neighboursOf(folder: string, file: string): readonly string[] {
  const { files } = findFiles([folder]);
  return files.filter((one) => one !== file).sort().filter((_, index, all) => index % Math.max(1, Math.floor(all.length / NEIGHBOURS)) === 0).slice(0, NEIGHBOURS);
}

/** Writes a project of 3,000 modules that import each other, one of them long and full of acquires. */
export function makeProject(folder: string): Subject {
  const write = (name: string, text: string): string => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  mkdirSync(path.join(folder, '.git'), { recursive: true });
  write('package.json', '{"name":"subject","private":true}');
  write('tsconfig.json', '{"compilerOptions":{"target":"es2022","lib":["es2023","esnext.disposable"],"module":"preserve","moduleResolution":"bundler","strict":true,"types":["node"]},"include":["src"]}');
  for (let index = 0; index < 3_000; index++) write(`src/part${String(index % 60)}/module${String(index)}.ts`, moduleText(index));
  const text = longText();
  return { folder, file: write('src/long.ts', text), text, files: 3_001 };
}

function moduleText(index: number): string {
  const uses = [index * 2 + 1, index * 2 + 2].filter((other) => other < 3_000);
  const imports = uses.map((other) => `import { make${String(other)}, type Item${String(other)} } from '../part${String(other % 60)}/module${String(other)}';`);
  const fields = uses.map((other) => `  readonly item${String(other)}: Item${String(other)};`);
  const made = uses.map((other) => `item${String(other)}: make${String(other)}()`);
  const id = String(index);
  const filler = Array.from({ length: 20 }, (_, line) => `export function step${id}_${String(line)}(value: number): string {\n  return \`\${value + ${String(line)}}\`;\n}`);
  return `${imports.join('\n')}\nexport interface Item${id} {\n  readonly name: string;\n${fields.join('\n')}\n}\nexport function make${id}(): Item${id} {\n  return { name: 'item ${id}'${made.length > 0 ? `, ${made.join(', ')}` : ''} };\n}\n${filler.join('\n')}\n`;
}

function longText(): string {
  const imports = Array.from({ length: 20 }, (_, index) => `import { make${String(index)} } from './part${String(index % 60)}/module${String(index)}';`);
  const functions: string[] = [];
  for (let index = 0; imports.length + functions.join('').split('\n').length < LINES; index++) functions.push(functionText(index));
  return `import { open } from 'node:fs/promises';\nimport { createConnection } from 'node:net';\n${imports.join('\n')}\n\n${functions.join('')}`;
}

function functionText(index: number): string {
  const id = String(index);
  return `export async function work${id}(file: string, port: number): Promise<string> {
  const item = make${String(index % 20)}();
  const handle = await open(file);
  try {
    const socket = createConnection(port);
    socket.on('error', () => undefined);
    const text = await handle.readFile('utf8');
    if (text.includes(item.name)) {
      socket.end(text);
      return text;
    }
    socket.destroy();
    return item.name;
  } finally {
    await handle.close();
  }
}

`;
}
