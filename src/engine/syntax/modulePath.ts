import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';

/** The runtime as a file of the project's own: `./lib/managed-scope.js`. */
const COPIED_RUNTIME = /^[.#~@/].*\/managed-scope(?:\.[cm]?[jt]s)?$/;

/** A module specifier as models name it: without `node:`, a relative one as it is. A copy of the runtime has the runtime's name. */
export function moduleName(specifier: string): string {
  if (COPIED_RUNTIME.test(specifier)) return 'managed-scope';
  return specifier.startsWith('node:') ? specifier.slice('node:'.length) : specifier;
}

/** Adds a member to a path. `default.x` is `x`: default exports of CommonJS modules carry the module's members. */
export function join(path: string, name: string): string {
  if (name === 'default') return path;
  return path === '' ? name : `${path}.${name}`;
}

/** The last name of a path. */
export function lastOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf('#')) + 1);
}

/** What a module exports: `path` leads there from its exports, and is `''` for all of them. */
export interface ModuleMember {
  readonly module: string;
  readonly path: string;
}

/** All that a module exports, by its specifier. */
export function namespaceOf(specifier: string): ModuleMember {
  return { module: moduleName(specifier), path: '' };
}

/** What the name that an import declares stands for; a default import may be a CommonJS module as a whole. */
export function importedBy(node: TSESTree.Node): ModuleMember | undefined {
  switch (node.type) {
    case T.ImportSpecifier: {
      if (node.parent.type !== T.ImportDeclaration) return undefined;
      const name = node.imported.type === T.Identifier ? node.imported.name : node.imported.value;
      return { module: moduleName(node.parent.source.value), path: name === 'default' ? '' : name };
    }
    case T.ImportDefaultSpecifier:
    case T.ImportNamespaceSpecifier:
      return node.parent.type === T.ImportDeclaration ? namespaceOf(node.parent.source.value) : undefined;
    case T.TSImportEqualsDeclaration: {
      const reference = node.moduleReference;
      return reference.type === T.TSExternalModuleReference && reference.expression.type === T.Literal ? namespaceOf(String(reference.expression.value)) : undefined;
    }
    default:
      return undefined;
  }
}
