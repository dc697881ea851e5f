/** Leaks when the read throws: found without types, by its import. */
export const LEAK = `import { open } from 'node:fs/promises';
export async function read(path: string): Promise<string> {
  const handle = await open(path);
  const text = await handle.readFile('utf8');
  await handle.close();
  return text;
}
`;

export const SOUND = `import { open } from 'node:fs/promises';
export async function read(path: string): Promise<string> {
  await using handle = await open(path);
  return await handle.readFile('utf8');
}
`;

/** A project that installs Node's types. */
export const TSCONFIG = '{"compilerOptions":{"target":"es2022","lib":["es2023","esnext.disposable"],"module":"preserve","types":["node"]}}';
