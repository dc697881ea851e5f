import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { ClassNode } from './nodes';
import { isFunction, staticName } from './nodes';
import { isNothing } from './values';
import { walk } from './visit';

/** The declaration of a field among the members of its class. */
export function declaredField(cls: ClassNode, name: string): TSESTree.PropertyDefinition | undefined {
  return cls.body.body.find((member): member is TSESTree.PropertyDefinition => member.type === T.PropertyDefinition && staticName(member) === name);
}

/** `private readonly model: Model` among the parameters of the constructor. */
export function parameterProperties(cls: ClassNode): TSESTree.TSParameterProperty[] {
  return cls.body.body.flatMap((member) => {
    if (member.type !== T.MethodDefinition || member.kind !== 'constructor' || !isFunction(member.value)) return [];
    return member.value.params.filter((parameter) => parameter.type === T.TSParameterProperty);
  });
}

/** The parameter that makes a field of this name. */
export function parameterProperty(cls: ClassNode, name: string): TSESTree.TSParameterProperty | undefined {
  return parameterProperties(cls).find((parameter) => fieldOfParameter(parameter)?.name === name);
}

/** The name, with its annotation, of the field that a parameter makes. */
export function fieldOfParameter({ parameter }: TSESTree.TSParameterProperty): TSESTree.Identifier | undefined {
  const inner = parameter.type === T.AssignmentPattern ? parameter.left : parameter;
  return inner.type === T.Identifier ? inner : undefined;
}

/** The class itself says that it has such a field. */
export function declaresField(cls: ClassNode, name: string): boolean {
  return declaredField(cls, name) !== undefined || parameterProperty(cls, name) !== undefined;
}

const assignments = new WeakMap<TSESTree.Node, Map<string, TSESTree.Node>>();

/** `this.x = value` anywhere in the class: the first value that is not null or undefined, by field. */
export function fieldAssignments(cls: ClassNode): ReadonlyMap<string, TSESTree.Node> {
  const before = assignments.get(cls);
  if (before) return before;
  const found = new Map<string, TSESTree.Node>();
  assignments.set(cls, found);
  walk(cls.body, (node) => {
    if (node.type !== T.AssignmentExpression || node.operator === '+=' || node.left.type !== T.MemberExpression || node.left.object.type !== T.ThisExpression) return;
    const name = staticName(node.left);
    if (name !== undefined && !found.has(name) && !isNothing(node.right)) found.set(name, node.right);
  });
  return found;
}
