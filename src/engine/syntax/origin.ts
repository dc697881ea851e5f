import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { DefinitionType } from '@typescript-eslint/scope-manager';
import type { Bindings } from './bindings';
import { declaredField, fieldAssignments, fieldOfParameter, parameterProperty } from './classFields';
import type { ModuleMember } from './modulePath';
import { importedBy, join, lastOf, namespaceOf } from './modulePath';
import { enclosingClass, isFunction, staticName, thisOwner, unwrapAwait } from './nodes';
import { elementType, isNothing, patternPath } from './values';

/** Where a value comes from, as far as imports, annotations and assignments of the same file prove it. */
export type Origin =
  /** Reached from a module's exports (`path` is `''` for the module itself) or from a global (`module` is `global`). */
  | { readonly kind: 'export'; readonly module: string; readonly path: string }
  /** An instance of a class or interface that a module exports. */
  | { readonly kind: 'instance'; readonly module: string; readonly type: string }
  /** Declared in this file: surely not a library's. */
  | { readonly kind: 'local' };

/** What calling a library's function gives, where it is known: the type's name. */
export type ResultTypes = (module: string, member: string) => string | undefined;

const GLOBAL_OBJECTS = new Set(['globalThis', 'window', 'self', 'global']);
const DEPTH = 8;

/** Follows expressions to where their values come from, by syntax alone: imports, `require`, annotations, single assignments, fields. */
export class Origins {
  private readonly known = new Map<TSESTree.Node, Origin | undefined>();

  constructor(
    private readonly bindings: Bindings,
    private readonly resultTypes: ResultTypes,
  ) {}

  of(expression: TSESTree.Node, depth = DEPTH): Origin | undefined {
    const node = unwrapAwait(expression);
    if (this.known.has(node)) return this.known.get(node);
    if (depth === 0) return undefined;
    this.known.set(node, undefined); // stops cycles; replaced below
    const origin = this.find(node, depth - 1);
    this.known.set(node, origin);
    return origin;
  }

  /** The member that a call or `new` invokes, as a module and a MemberRef (`Pool#connect`, `new Pool`, `open`). */
  ofCallee(call: TSESTree.CallExpression | TSESTree.NewExpression): { module: string; member: string } | 'local' | undefined {
    const origin = this.of(call.callee);
    if (origin === undefined) return undefined;
    if (origin.kind === 'local') return 'local';
    if (origin.kind === 'instance') return undefined;
    const path = origin.path === '' ? 'default' : origin.path;
    return { module: origin.module, member: call.type === T.NewExpression ? `new ${path}` : path };
  }

  private find(node: TSESTree.Node, depth: number): Origin | undefined {
    switch (node.type) {
      case T.Identifier:
        return this.ofIdentifier(node, depth);
      case T.MemberExpression:
        return this.ofMember(node, depth);
      case T.NewExpression: {
        const callee = this.of(node.callee, depth);
        if (callee?.kind !== 'export') return callee?.kind === 'local' ? callee : undefined;
        const type = lastOf(callee.path) || this.resultTypes(callee.module, 'new default') || 'default';
        return { kind: 'instance', module: callee.module, type };
      }
      case T.CallExpression:
        return this.ofCall(node, depth);
      case T.ImportExpression:
        return node.source.type === T.Literal && typeof node.source.value === 'string' ? exported(namespaceOf(node.source.value)) : undefined;
      case T.LogicalExpression:
        return this.of(node.right, depth) ?? this.of(node.left, depth);
      case T.ConditionalExpression:
        return this.of(node.consequent, depth) ?? this.of(node.alternate, depth);
      case T.AssignmentExpression:
        return this.of(node.right, depth);
      case T.ObjectExpression:
      case T.ArrayExpression:
      case T.ClassExpression:
      case T.FunctionExpression:
      case T.ArrowFunctionExpression:
      case T.Literal:
      case T.TemplateLiteral:
        return { kind: 'local' };
      default:
        return undefined;
    }
  }

  private ofCall(node: TSESTree.CallExpression, depth: number): Origin | undefined {
    const [first] = node.arguments;
    if (node.callee.type === T.Identifier && node.callee.name === 'require') {
      if (!this.bindings.isGlobal(node.callee)) return { kind: 'local' };
      return first?.type === T.Literal && typeof first.value === 'string' ? exported(namespaceOf(first.value)) : undefined;
    }
    const callee = this.of(node.callee, depth);
    if (callee?.kind !== 'export') return undefined;
    if (callee.module === 'util' && callee.path === 'promisify' && first) {
      const original = this.of(first, depth);
      return original?.kind === 'export' ? { ...original, path: `${original.path}.__promisify__` } : undefined;
    }
    const type = this.resultTypes(callee.module, callee.path === '' ? 'default' : callee.path);
    return type === undefined ? undefined : { kind: 'instance', module: callee.module, type };
  }

  private ofMember(node: TSESTree.MemberExpression, depth: number): Origin | undefined {
    const name = staticName(node);
    if (name === undefined) return undefined;
    if (node.object.type === T.ThisExpression) return this.ofField(node, name, depth);
    const object = this.of(node.object, depth);
    if (object?.kind === 'instance') return { kind: 'export', module: object.module, path: `${object.type}#${name}` };
    if (object?.kind !== 'export') return undefined;
    const type = object.path.includes('#') ? this.resultTypes(object.module, object.path) : undefined;
    if (type !== undefined) return { ...object, path: `${type}#${name}` };
    if (object.module === 'global' && GLOBAL_OBJECTS.has(object.path)) return { kind: 'export', module: 'global', path: name };
    return { ...object, path: join(object.path, name) };
  }

  private ofIdentifier(node: TSESTree.Identifier, depth: number): Origin | undefined {
    const variable = this.bindings.variableOf(node);
    if (variable === undefined) return { kind: 'export', module: 'global', path: node.name };
    const [definition] = variable.defs;
    if (definition === undefined) return undefined;
    switch (definition.type) {
      case DefinitionType.ImportBinding:
        return exported(importedBy(definition.node));
      case DefinitionType.FunctionName:
      case DefinitionType.ClassName:
        return { kind: 'local' };
      case DefinitionType.Parameter:
      case DefinitionType.Variable: {
        if (definition.name.type !== T.Identifier) return undefined;
        const annotated = this.ofAnnotation(definition.name.typeAnnotation?.typeAnnotation);
        if (annotated) return annotated;
        if (definition.type === DefinitionType.Parameter) return this.ofParameter(definition.name, depth);
        return this.ofVariable(definition.node, definition.name, variable, depth);
      }
      default:
        return undefined;
    }
  }

  /** A destructured or plain `const x = value`, or a `let` that is assigned once. */
  private ofVariable(declarator: TSESTree.Node, name: TSESTree.Identifier, variable: Parameters<Bindings['onlyValueOf']>[0], depth: number): Origin | undefined {
    if (declarator.type !== T.VariableDeclarator) return undefined;
    const loop = declarator.parent.parent;
    if (loop.type === T.ForOfStatement && loop.left === declarator.parent) return declarator.id === name ? this.ofElement(loop.right) : undefined;
    if (declarator.id.type === T.Identifier) {
      const value = this.bindings.onlyValueOf(variable) ?? this.firstRealValue(variable);
      return value === undefined ? undefined : this.of(value, depth);
    }
    const path = patternPath(declarator.id, name);
    const whole = path !== undefined && declarator.init !== null ? this.of(declarator.init, depth) : undefined;
    if (whole === undefined || path === undefined) return undefined;
    if (whole.kind === 'local') return whole;
    if (whole.kind === 'export') return { ...whole, path: path.reduce(join, whole.path) };
    return whole.kind === 'instance' && path.length === 1 ? { kind: 'export', module: whole.module, path: `${whole.type}#${path[0] ?? ''}` } : undefined;
  }

  /** `let x; x = new Pool()` beside `x = null`: the values that are not null or undefined, if there is one only. */
  private firstRealValue(variable: Parameters<Bindings['writesOf']>[0]): TSESTree.Node | undefined {
    const values = this.bindings
      .writesOf(variable)
      .filter((write) => write.at.type === T.VariableDeclarator || (write.at.type === T.AssignmentExpression && write.at.left.type === T.Identifier))
      .map((write) => write.value)
      .filter((value) => value !== undefined && !isNothing(value));
    return values.length === 1 ? values[0] : undefined;
  }

  private ofParameter(name: TSESTree.Identifier, depth: number): Origin | undefined {
    const { parent } = name;
    if (parent.type === T.AssignmentPattern && parent.left === name) return this.of(parent.right, depth);
    if (!isFunction(parent) || parent.params[0] !== name) return undefined;
    // `list.map((element) => ...)`
    const call = parent.parent;
    const callee = call.type === T.CallExpression && call.arguments[0] === parent ? call.callee : undefined;
    return callee?.type === T.MemberExpression && ELEMENT_METHODS.has(staticName(callee) ?? '') ? this.ofElement(callee.object) : undefined;
  }

  /** What the elements of an array are, when its name is annotated. */
  private ofElement(list: TSESTree.Node): Origin | undefined {
    const variable = list.type === T.Identifier ? this.bindings.variableOf(list) : undefined;
    const name = variable?.defs[0]?.name;
    return name?.type === T.Identifier ? this.ofAnnotation(elementType(name.typeAnnotation?.typeAnnotation)) : undefined;
  }

  /** `this.name`: the field's annotation, its initialiser, a parameter property, or what the class assigns to it. */
  private ofField(node: TSESTree.MemberExpression, name: string, depth: number): Origin | undefined {
    const owner = thisOwner(node);
    const cls = enclosingClass(owner);
    if (cls === undefined) return undefined;
    const declared = declaredField(cls, name);
    const origin = declared && (this.ofAnnotation(declared.typeAnnotation?.typeAnnotation) ?? (declared.value && !isNothing(declared.value) ? this.of(declared.value, depth) : undefined));
    if (origin) return origin;
    const parameter = parameterProperty(cls, name);
    if (parameter) return this.ofAnnotation(fieldOfParameter(parameter)?.typeAnnotation?.typeAnnotation);
    const assigned = fieldAssignments(cls).get(name);
    return assigned === undefined ? undefined : this.of(assigned, depth);
  }

  private ofAnnotation(type: TSESTree.TypeNode | undefined): Origin | undefined {
    if (type === undefined) return undefined;
    if (type.type === T.TSUnionType) {
      const real = type.types.filter((part) => part.type !== T.TSNullKeyword && part.type !== T.TSUndefinedKeyword);
      return real.length === 1 ? this.ofAnnotation(real[0]) : undefined;
    }
    if (type.type !== T.TSTypeReference) return undefined;
    const argument = type.typeArguments?.params[0];
    if (type.typeName.type === T.Identifier && type.typeName.name === 'Promise' && argument) return this.ofAnnotation(argument);
    const named = this.ofTypeName(type.typeName);
    return named?.kind === 'export' ? { kind: 'instance', module: named.module, type: lastOf(named.path) || this.resultTypes(named.module, 'new default') || 'default' } : named;
  }

  private ofTypeName(name: TSESTree.EntityName): Origin | undefined {
    if (name.type === T.Identifier) return this.ofIdentifier(name, DEPTH);
    if (name.type !== T.TSQualifiedName) return undefined;
    const left = this.ofTypeName(name.left);
    return left?.kind === 'export' ? { ...left, path: join(left.path, name.right.name) } : left;
  }
}

/** Methods of an array that give its elements to their callback, first. */
const ELEMENT_METHODS = new Set(['map', 'forEach', 'filter', 'some', 'every', 'flatMap', 'find', 'findIndex']);

function exported(member: ModuleMember | undefined): Origin | undefined {
  return member && { kind: 'export', ...member };
}
