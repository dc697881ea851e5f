import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { unwrap } from '../syntax/nodes';
import type { CallNode } from '../syntax/nodes';

const ENDING = new Set(['exit', 'abort', 'reallyExit']);
const MODULES = new Set(['process', 'node:process']);

/** `process.exit()` and its like, by name. `imported`: what `processExitsIn` gives for the file. */
export function endsProcess(call: CallNode, imported: ReadonlySet<string>): boolean {
  if (call.type !== T.CallExpression) return false;
  const callee = unwrap(call.callee);
  if (callee.type === T.Identifier) return imported.has(callee.name);
  if (callee.type !== T.MemberExpression || callee.computed || callee.property.type !== T.Identifier || !ENDING.has(callee.property.name)) return false;
  const object = unwrap(callee.object);
  if (object.type === T.Identifier) return object.name === 'process';
  return object.type === T.MemberExpression && !object.computed && object.property.type === T.Identifier && object.property.name === 'process';
}

const known = new WeakMap<TSESTree.Program, ReadonlySet<string>>();

/** The local names under which the file around a node imports functions that end the process. */
export function processExitsIn(node: TSESTree.Node): ReadonlySet<string> {
  let at: TSESTree.Node | undefined = node;
  while (at !== undefined && at.type !== T.Program) at = at.parent;
  if (at === undefined) return new Set();
  const before = known.get(at);
  if (before !== undefined) return before;
  const names = new Set(at.body.flatMap((statement) => [...importedNames(statement), ...requiredNames(statement)]));
  known.set(at, names);
  return names;
}

/** `import { exit as quit } from 'node:process'` */
function importedNames(statement: TSESTree.Node): string[] {
  if (statement.type !== T.ImportDeclaration || !MODULES.has(statement.source.value)) return [];
  return statement.specifiers.flatMap((specifier) => {
    if (specifier.type !== T.ImportSpecifier || specifier.imported.type !== T.Identifier) return [];
    return ENDING.has(specifier.imported.name) ? [specifier.local.name] : [];
  });
}

/** `const { exit } = require('process')`, `const { exit } = process` */
function requiredNames(statement: TSESTree.Node): string[] {
  if (statement.type !== T.VariableDeclaration) return [];
  return statement.declarations.flatMap(({ id, init }) => {
    if (id.type !== T.ObjectPattern || !init || !isProcess(init)) return [];
    return id.properties.flatMap((property) => {
      if (property.type !== T.Property || property.key.type !== T.Identifier || property.value.type !== T.Identifier) return [];
      return ENDING.has(property.key.name) ? [property.value.name] : [];
    });
  });
}

function isProcess(node: TSESTree.Expression): boolean {
  if (node.type === T.Identifier) return node.name === 'process';
  const [argument] = node.type === T.CallExpression && node.callee.type === T.Identifier && node.callee.name === 'require' ? node.arguments : [];
  return argument?.type === T.Literal && typeof argument.value === 'string' && MODULES.has(argument.value);
}
