import { isBuiltin } from 'node:module';
import type ts from 'typescript';
import type { TypeContext } from './typescript';

/**
 * Who declares a node, as `SymbolRef.package` names it: an npm package, a Node module with its scheme, `lib`, `vscode`;
 * `undefined` for the project's own sources. A `declare module 'x'` around it says more than the file it stands in.
 */
export function packageDeclaring({ ts, program }: TypeContext, node: ts.Node): string | undefined {
  const file = node.getSourceFile();
  if (program.isSourceFileDefaultLibrary(file)) return 'lib';
  const installed = packageOfPath(file.fileName);
  if (installed?.startsWith('@typescript/lib-')) return 'lib';
  const ambient = enclosingAmbientModule(ts, node);
  if (ambient !== undefined && !ambient.startsWith('.')) {
    const bare = ambient.replace(/^node:/, '');
    const isNodeModule = ambient !== bare || installed === 'node' || isBuiltin(bare);
    return isNodeModule ? `node:${bare}` : packageOfSpecifier(ambient);
  }
  // Globals of @types/node that stand outside of its modules are `node`'s.
  return installed;
}

/** The package of the innermost node_modules of a path, without `@types/`. */
function packageOfPath(file: string): string | undefined {
  const at = file.replaceAll('\\', '/').lastIndexOf('/node_modules/');
  if (at === -1) return undefined;
  const name = packageOfSpecifier(file.slice(at + '/node_modules/'.length).replaceAll('\\', '/'));
  if (!name.startsWith('@types/')) return name;
  const plain = name.slice('@types/'.length);
  // `@types/a__b` declares `@a/b`.
  const scoped = /^(.+?)__(.+)$/.exec(plain);
  return scoped ? `@${scoped[1] ?? ''}/${scoped[2] ?? ''}` : plain;
}

/** `@a/b` of `@a/b/c`, `a` of `a/b`. */
function packageOfSpecifier(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function enclosingAmbientModule(ts: TypeContext['ts'], node: ts.Node): string | undefined {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isModuleDeclaration(at) && ts.isStringLiteral(at.name)) return at.name.text;
  }
  return undefined;
}
