import type { TSESTree } from '@typescript-eslint/types';
import { visitorKeys } from '@typescript-eslint/visitor-keys';

/**
 * The names of the functions and classes around an offset, outermost first, joined by dots: `Store.load`, `main`. Functions without a
 * name take that of what they are assigned to, or none. The empty string at the top level. It stays when lines move.
 */
export function nameEnclosing(root: TSESTree.Node, offset: number): string {
  const names: string[] = [];
  let parent: TSESTree.Node | undefined;
  for (let node: TSESTree.Node | undefined = root; node; [parent, node] = [node, childAround(node, offset)]) {
    const name = nameOf(node, parent);
    if (name !== undefined) names.push(name);
  }
  return names.join('.');
}

function nameOf(node: TSESTree.Node, parent: TSESTree.Node | undefined): string | undefined {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return node.id?.name ?? 'default';
    case 'FunctionExpression':
    case 'ClassExpression':
    case 'ArrowFunctionExpression':
      return node.id?.name ?? nameGivenBy(parent);
    case 'StaticBlock':
      return 'static';
    default:
      return undefined;
  }
}

/** What a function or class is called by where it stands. */
function nameGivenBy(parent: TSESTree.Node | undefined): string | undefined {
  switch (parent?.type) {
    case 'VariableDeclarator':
      return simpleName(parent.id);
    case 'AssignmentExpression':
      return simpleName(parent.left);
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return simpleName(parent.key);
    case 'ExportDefaultDeclaration':
      return 'default';
    default:
      return undefined;
  }
}

function simpleName(node: TSESTree.Node): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'PrivateIdentifier':
      return `#${node.name}`;
    case 'Literal':
      return String(node.value);
    case 'MemberExpression':
      return simpleName(node.property);
    default:
      return undefined;
  }
}

function childAround(node: TSESTree.Node, offset: number): TSESTree.Node | undefined {
  for (const key of visitorKeys[node.type] ?? []) {
    const value: unknown = Reflect.get(node, key);
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child) && child.range[0] <= offset && offset < child.range[1]) return child;
    }
  }
  return undefined;
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'range' in value;
}
