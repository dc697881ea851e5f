import type { TSESTree } from '@typescript-eslint/types';
import type { Variable } from '@typescript-eslint/scope-manager';
import type { SourceModule } from '../../../src/engine/analyse';
import type { Edit } from './edits';

const KEPT = new Set(['this', 'require', 'module', 'exports', 'arguments']);

/**
 * Renames what is declared by `const`, `let`, `var`, parameters, catch clauses and imports and is not exported: `fh` to `renamed_fh`.
 * The end of a name stays, since names are all there is to tell by where nothing is typed.
 */
export function renameLocals(module: SourceModule): Edit[] {
  return module.scopes.variables.filter(isLocal).flatMap((variable) => {
    const name = `renamed_${variable.name}`;
    return identifiersOf(variable).map((identifier) => ({
      start: identifier.range[0],
      end: identifier.range[0] + variable.name.length,
      text: longForm(variable.name, identifier) + name,
    }));
  });
}

function isLocal(variable: Variable): boolean {
  if (KEPT.has(variable.name) || variable.defs.length === 0) return false;
  const declaredHere = variable.defs.every(({ type, node }) => {
    if (type === 'ImportBinding') return true;
    if (type !== 'Variable' && type !== 'Parameter' && type !== 'CatchClause') return false;
    return node.parent?.parent?.type !== 'ExportNamedDeclaration';
  });
  return declaredHere && identifiersOf(variable).every((identifier) => identifier.type === 'Identifier' && !isFixedByItsPlace(identifier));
}

function identifiersOf(variable: Variable): TSESTree.Node[] {
  return [...new Set<TSESTree.Node>([...variable.identifiers, ...variable.references.map(({ identifier }) => identifier)])];
}

/** A parameter property names a field too, an export specifier a member of the module. */
function isFixedByItsPlace(identifier: TSESTree.Node): boolean {
  const parent = identifier.parent?.type === 'AssignmentPattern' ? identifier.parent.parent : identifier.parent;
  return parent?.type === 'TSParameterProperty' || parent?.type === 'ExportSpecifier';
}

/** `{ fh }` becomes `{ fh: renamed_fh }`, `import { open }` becomes `import { open as renamed_open }`. */
function longForm(name: string, identifier: TSESTree.Node): string {
  const { parent } = identifier;
  if (parent?.type === 'ImportSpecifier') return parent.imported.range[0] === parent.local.range[0] ? `${name} as ` : '';
  const holder = parent?.type === 'AssignmentPattern' && parent.left === identifier ? parent.parent : parent;
  return holder?.type === 'Property' && holder.shorthand ? `${name}: ` : '';
}
