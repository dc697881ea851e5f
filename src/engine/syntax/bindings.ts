import type { Scope, ScopeManager, Variable } from '@typescript-eslint/scope-manager';
import { DefinitionType } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { ClassNode, FunctionNode } from './nodes';
import { isFunction, rootOf, unwrap } from './nodes';

/** A write to a variable: where it happens, and the value if one expression gives it. */
export interface Write {
  /** The declarator, assignment, loop or function that writes. */
  readonly at: TSESTree.Node;
  readonly value: TSESTree.Node | undefined;
}

/** Names resolved to variables, once for a file. */
export class Bindings {
  private readonly byIdentifier = new Map<TSESTree.Node, Variable>();
  private readonly ids = new Map<Variable, number>();

  constructor(readonly scopes: ScopeManager) {
    for (const scope of scopes.scopes) {
      for (const reference of scope.references) if (reference.resolved) this.byIdentifier.set(reference.identifier, reference.resolved);
      for (const variable of scope.variables) for (const definition of variable.identifiers) this.byIdentifier.set(definition, variable);
    }
  }

  /** The variable that an identifier names; absent for globals that nothing declares. */
  variableOf(node: TSESTree.Node): Variable | undefined {
    const variable = this.byIdentifier.get(node);
    return variable !== undefined && variable.defs.length > 0 ? variable : undefined;
  }

  /** A number for a variable, the same at each call. */
  idOf(variable: Variable): number {
    let id = this.ids.get(variable);
    if (id === undefined) this.ids.set(variable, (id = this.ids.size + 1));
    return id;
  }

  /** The identifier names something that no code of the file declares: a global. */
  isGlobal(node: TSESTree.Identifier): boolean {
    return this.variableOf(node) === undefined;
  }

  /** Where the variable is declared: the root whose frame it lives in. */
  ownerOf(variable: Variable): TSESTree.Node {
    return variable.scope.variableScope.block;
  }

  /** All that writes to the variable, its declaration with a value included. */
  writesOf(variable: Variable): Write[] {
    const writes: Write[] = [];
    for (const reference of variable.references) {
      if (!reference.isWrite()) continue;
      writes.push({ at: writerOf(reference.identifier), value: reference.writeExpr ?? undefined });
    }
    return writes;
  }

  /** The one expression that ever gives the variable its value, if it is plainly `name = value` (no destructuring). */
  onlyValueOf(variable: Variable): TSESTree.Node | undefined {
    if (variable.defs.length !== 1) return undefined;
    const writes = this.writesOf(variable);
    const [write] = writes;
    if (writes.length !== 1 || write?.value === undefined) return undefined;
    const { at } = write;
    if (at.type === T.VariableDeclarator && at.id.type === T.Identifier) return write.value;
    if (at.type === T.AssignmentExpression && at.left.type === T.Identifier && at.operator === '=') return write.value;
    return undefined;
  }

  /** What an expression is, through constants that only name it anew, a few of them. */
  valueBehind(expression: TSESTree.Node, depth = 4): TSESTree.Node {
    const node = unwrap(expression);
    const variable = node.type === T.Identifier && depth > 0 ? this.variableOf(node) : undefined;
    const value = variable && this.onlyValueOf(variable);
    return value === undefined ? node : this.valueBehind(value, depth - 1);
  }

  /** The function that a name stands for: a declaration, or a constant that holds a function expression. */
  functionOf(node: TSESTree.Node): FunctionNode | undefined {
    const expression = unwrap(node);
    if (isFunction(expression)) return expression;
    if (expression.type !== T.Identifier) return undefined;
    const variable = this.variableOf(expression);
    if (variable === undefined) return undefined;
    for (const { type, node: declared } of variable.defs) if (type === DefinitionType.FunctionName && declared.type === T.FunctionDeclaration) return declared;
    const value = this.onlyValueOf(variable);
    return value !== undefined && isFunction(unwrap(value)) ? this.functionOf(value) : undefined;
  }

  /** The name that a function is declared by, or that of the variable that is declared with it: the reverse of `functionOf`. */
  nameOf(fn: FunctionNode): Variable | undefined {
    if (fn.type === T.FunctionDeclaration) return fn.id ? this.variableOf(fn.id) : undefined;
    const { parent } = fn;
    return parent.type === T.VariableDeclarator && parent.init === fn ? this.variableOf(parent.id) : undefined;
  }

  /** A function of this file (perhaps only declared) whose return type is written as `never`. */
  declaresNever(callee: TSESTree.Node): boolean {
    const expression = unwrap(callee);
    const variable = expression.type === T.Identifier ? this.variableOf(expression) : undefined;
    return variable?.defs.some(({ type, node }) => type === DefinitionType.FunctionName && (node.type === T.FunctionDeclaration || node.type === T.TSDeclareFunction) && node.returnType?.typeAnnotation.type === T.TSNeverKeyword) ?? false;
  }

  /** The method, or field that holds a function, of that name in the class. */
  methodOf(name: string, from: ClassNode): FunctionNode | undefined {
    for (const member of from.body.body) {
      if (member.type !== T.MethodDefinition && member.type !== T.PropertyDefinition) continue;
      if (member.key.type !== T.Identifier && member.key.type !== T.PrivateIdentifier) continue;
      if ((member.key.type === T.PrivateIdentifier ? `#${member.key.name}` : member.key.name) !== name || member.computed) continue;
      const value = member.value;
      if (isFunction(value) && value.body !== null) return value;
    }
    return undefined;
  }
}

/** The node that performs a write to the identifier: the declarator, assignment, update, or loop around it. */
function writerOf(identifier: TSESTree.Node): TSESTree.Node {
  for (let at: TSESTree.Node | undefined = identifier.parent; at !== undefined; at = at.parent) {
    switch (at.type) {
      case T.VariableDeclarator: {
        const loop = at.parent.parent;
        return (loop.type === T.ForOfStatement || loop.type === T.ForInStatement) && loop.left === at.parent ? loop : at;
      }
      case T.AssignmentExpression:
      case T.UpdateExpression:
      case T.ForOfStatement:
      case T.ForInStatement:
      case T.CatchClause:
      case T.FunctionDeclaration:
      case T.FunctionExpression:
      case T.ArrowFunctionExpression:
      case T.ClassDeclaration:
        return at;
      default:
    }
  }
  return identifier;
}

/** The scope's variables seen from a node's root: is the variable a local of the function that the node stands in? */
export function isLocalTo(variable: Variable, node: TSESTree.Node): boolean {
  const scope: Scope = variable.scope;
  return scope.variableScope.block === rootOf(node);
}
