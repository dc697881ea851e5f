import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { CallNode } from '../syntax/nodes';
import { isWrapper, staticName } from '../syntax/nodes';

/** Where the value of an expression goes next. `path` says where in that value the resource lies: `['fd']` for `{ fd }`. */
export type Landing =
  /** Bound to a variable, by declaration or assignment; `using` when the declaration releases it. */
  | { readonly to: 'variable'; readonly id: TSESTree.Identifier; readonly at: TSESTree.Node; readonly path: readonly string[]; readonly using: boolean }
  /** Assigned to a property. */
  | { readonly to: 'property'; readonly target: TSESTree.MemberExpression; readonly at: TSESTree.Node; readonly path: readonly string[] }
  /** A method is called on it. */
  | { readonly to: 'method'; readonly name: string; readonly call: TSESTree.CallExpression; readonly path: readonly string[] }
  /** A member is read from it and not called here; `name` is absent for computed members. */
  | { readonly to: 'member'; readonly name: string | undefined; readonly member: TSESTree.MemberExpression }
  /** It is called as a function. */
  | { readonly to: 'called'; readonly call: CallNode }
  /** Passed to a call, perhaps inside of an array or object literal. */
  | { readonly to: 'argument'; readonly call: CallNode; readonly index: number; readonly path: readonly string[]; readonly spread: boolean }
  | { readonly to: 'return'; readonly at: TSESTree.Node; readonly path: readonly string[] }
  | { readonly to: 'yield'; readonly at: TSESTree.YieldExpression }
  /** Looped over by for-of. */
  | { readonly to: 'iterate'; readonly at: TSESTree.ForOfStatement }
  /** Taken apart by a pattern: its members live on under other names. */
  | { readonly to: 'pattern'; readonly pattern: TSESTree.ObjectPattern | TSESTree.ArrayPattern; readonly at: TSESTree.Node }
  /** Given to something that keeps it: a field initialiser, an export, an element of JSX, a thrown value, a default. */
  | { readonly to: 'kept'; readonly at: TSESTree.Node }
  /** Only looked at: tested, compared, printed. */
  | { readonly to: 'looked-at' }
  /** Thrown away. */
  | { readonly to: 'nothing'; readonly at: TSESTree.Node };

/** Says whether the result of calling a method is the value again (`stream.on(...)`, `promise.catch(...)`). */
export type PassesOn = (name: string, call: TSESTree.CallExpression) => boolean;

const never: PassesOn = () => false;

/** Follows a value from the expression that gives it to where it lands. Several places: `a = b = value`. */
export function landingsOf(expression: TSESTree.Node, path: readonly string[] = [], passesOn: PassesOn = never): Landing[] {
  let node = expression;
  let inside = path;
  for (;;) {
    const parent: TSESTree.Node | undefined = node.parent;
    if (parent === undefined) return [{ to: 'kept', at: node }];
    if (isWrapper(parent)) {
      node = parent;
      continue;
    }
    switch (parent.type) {
      case T.AwaitExpression:
      case T.SpreadElement:
        if (parent.type === T.SpreadElement && parent.parent.type === T.CallExpression) return [argument(parent.parent, parent, inside, true)];
        node = parent;
        continue;
      case T.ConditionalExpression:
        if (parent.test === node) return [{ to: 'looked-at' }];
        node = parent;
        continue;
      case T.LogicalExpression:
        if (parent.left === node && parent.operator === '&&') return [{ to: 'looked-at' }];
        node = parent;
        continue;
      case T.SequenceExpression:
        if (parent.expressions.at(-1) !== node) return [{ to: 'nothing', at: parent }];
        node = parent;
        continue;
      case T.Property: {
        if (parent.value !== node) return [{ to: 'looked-at' }];
        if (parent.parent.type !== T.ObjectExpression) return [{ to: 'kept', at: parent }];
        inside = [staticName(parent) ?? '*', ...inside];
        node = parent.parent;
        continue;
      }
      case T.ArrayExpression:
        inside = [node.type === T.SpreadElement ? '*' : String(parent.elements.findIndex((element) => element === node)), ...inside];
        node = parent;
        continue;
      case T.VariableDeclarator: {
        if (parent.init !== node) return [{ to: 'looked-at' }];
        const { kind } = parent.parent;
        return intoPattern(parent.id, parent, inside, kind === 'using' || kind === 'await using');
      }
      case T.AssignmentPattern:
        if (parent.right !== node) return [{ to: 'looked-at' }];
        if (parent.parent.type === T.TSParameterProperty) return [{ to: 'kept', at: parent }];
        return intoPattern(parent.left, parent, inside, false);
      case T.AssignmentExpression: {
        if (parent.right !== node) return [{ to: 'looked-at' }];
        const here = parent.left.type === T.MemberExpression ? [{ to: 'property', target: parent.left, at: parent, path: inside } as const] : intoPattern(parent.left, parent, inside, false);
        if (parent.parent.type === T.ExpressionStatement) return here;
        return [...here, ...landingsOf(parent, inside, passesOn)];
      }
      case T.MemberExpression: {
        if (parent.object !== node) return [{ to: 'looked-at' }];
        const name = staticName(parent);
        const [first, ...rest] = inside;
        if (first !== undefined) {
          if (name !== undefined && name === first) {
            inside = rest;
            node = parent;
            continue;
          }
          const outer = calledBy(parent);
          // A method of the container (`[a, b].map`) may do anything with what is inside; another member does not concern it.
          return outer ? [{ to: 'argument', call: outer, index: -1, path: inside, spread: false }] : [{ to: 'looked-at' }];
        }
        const call = calledBy(parent);
        if (call === undefined || name === undefined) return [{ to: 'member', name, member: parent }];
        if (passesOn(name, call)) {
          node = call;
          continue;
        }
        return [{ to: 'method', name, call, path: inside }];
      }
      case T.CallExpression:
      case T.NewExpression:
        if (parent.callee === node) return [{ to: 'called', call: parent }];
        return [argument(parent, node, inside, false)];
      case T.TaggedTemplateExpression:
        return parent.tag === node ? [{ to: 'looked-at' }] : [{ to: 'kept', at: parent }];
      case T.ReturnStatement:
        return [{ to: 'return', at: parent, path: inside }];
      case T.ArrowFunctionExpression:
        return parent.body === node ? [{ to: 'return', at: node, path: inside }] : [{ to: 'kept', at: parent }];
      case T.YieldExpression:
        return [{ to: 'yield', at: parent }];
      case T.ForOfStatement:
        return [{ to: 'iterate', at: parent }];
      case T.ExpressionStatement:
        return [{ to: 'nothing', at: parent }];
      case T.UnaryExpression:
        return [parent.operator === 'void' ? { to: 'nothing', at: parent } : { to: 'looked-at' }];
      // `import(path)` reads what the path names.
      case T.ImportExpression:
      case T.BinaryExpression:
      case T.TemplateLiteral:
      case T.IfStatement:
      case T.WhileStatement:
      case T.DoWhileStatement:
      case T.ForStatement:
      case T.ForInStatement:
      case T.SwitchStatement:
      case T.SwitchCase:
      case T.UpdateExpression:
        return [{ to: 'looked-at' }];
      default:
        return [{ to: 'kept', at: parent }];
    }
  }
}

/** The call whose callee is this member, through the wrappers that change nothing (`x.close!()`). */
function calledBy(member: TSESTree.MemberExpression): TSESTree.CallExpression | undefined {
  let at: TSESTree.Node = member;
  while (at.parent?.type === T.TSNonNullExpression || at.parent?.type === T.TSAsExpression) at = at.parent;
  return at.parent?.type === T.CallExpression && at.parent.callee === at ? at.parent : undefined;
}

function argument(call: CallNode, node: TSESTree.Node, path: readonly string[], spread: boolean): Landing {
  return { to: 'argument', call, index: call.arguments.findIndex((item) => item === node), path, spread };
}

/** Binds a value to a pattern: to the variables that get the resource at `path`, or the part that takes it to pieces. */
function intoPattern(pattern: TSESTree.Node, at: TSESTree.Node, path: readonly string[], using: boolean): Landing[] {
  switch (pattern.type) {
    case T.Identifier:
      return [{ to: 'variable', id: pattern, at, path, using }];
    case T.AssignmentPattern:
      return intoPattern(pattern.left, at, path, using);
    case T.MemberExpression:
      return [{ to: 'property', target: pattern, at, path }];
    case T.ObjectPattern: {
      const [first, ...rest] = path;
      if (first === undefined) return [{ to: 'pattern', pattern, at }];
      for (const property of pattern.properties) {
        if (property.type === T.RestElement) return [{ to: 'kept', at }];
        if (staticName(property) === first) return intoPattern(property.value, at, rest, using);
      }
      return [{ to: 'nothing', at }];
    }
    case T.ArrayPattern: {
      const [first, ...rest] = path;
      if (first === undefined) return [{ to: 'pattern', pattern, at }];
      if (first === '*' || pattern.elements.some((element) => element?.type === T.RestElement)) return [{ to: 'kept', at }];
      const element = pattern.elements[Number(first)];
      return element ? intoPattern(element, at, rest, using) : [{ to: 'nothing', at }];
    }
    default:
      return [{ to: 'kept', at }];
  }
}
