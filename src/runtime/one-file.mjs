// Joins the modules of the package into one TypeScript file, for projects that may not add a dependency. The modules are
// written for it: they import by name from each other only, and no two of them declare the same name.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const importLine = /^import (?:type )?\{[^}]*\} from '\.\/([\w-]+)\.js';\n/gm;
const exportLine = /^export (type )?\{([^}]*)\} from '\.\/([\w-]+)\.js';\n/gm;
const declared = /^export (?:abstract |async )*(?:const|function|class|interface|type) (\w+)/gm;

/** The modules below `name`, each after those that it imports from. */
function inOrder(folder, name, done = new Map()) {
  if (done.has(name)) return done;
  const text = readFileSync(path.join(folder, `${name}.ts`), 'utf8');
  for (const [, from] of text.matchAll(importLine)) inOrder(folder, from, done);
  return done.set(name, text);
}

/** The text of the one file. Only what the index exports stays exported. */
export function oneFile(folder, header) {
  const index = readFileSync(path.join(folder, 'index.ts'), 'utf8');
  const exported = new Set();
  const modules = new Map();
  for (const [, , names, from] of index.matchAll(exportLine)) {
    for (const name of names.split(',')) if (name.trim()) exported.add(name.trim());
    inOrder(folder, from, modules);
  }
  const owners = new Map();
  const parts = [...modules].map(([module, text]) => {
    const body = text.replace(importLine, '').replace(declared, (line, name) => (exported.has(name) ? line : line.replace('export ', '')));
    for (const [, name] of body.matchAll(/^(?:export )?(?:abstract |async )*(?:const|function\*?|class|interface|type) (\w+)/gm)) {
      const owner = owners.get(name);
      if (owner !== undefined && owner !== module) throw new Error(`${name} is declared in ${owner} and in ${module}`);
      owners.set(name, module);
    }
    return body.trim();
  });
  for (const name of exported) if (!owners.has(name)) throw new Error(`${name} is exported and nowhere declared`);
  return `${header}\n\n${parts.join('\n\n')}\n`;
}
