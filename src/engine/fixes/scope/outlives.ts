import type { Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { rootOf, unwrap, within } from '../../syntax/nodes';
import { walk } from '../../syntax/visit';
import type { ResourceCase } from '../case';
import { isPureCall } from './order';
import { mentions } from './returned';

/**
 * What leaves the function, by a return or a field, and was built upon the resource: an application around a window, a client around a
 * connection. It may need the resource when the scope is over. What the resource's own methods give (rows, texts) does not count.
 */
export function builtUponIt(given: ResourceCase): TSESTree.Node | undefined {
  const derived = new Derived(given);
  const { root } = given.obligation;
  let found: TSESTree.Node | undefined;
  walk(root, (node) => {
    if (found !== undefined || rootOf(node) !== root) return;
    const leaving = node.type === T.ReturnStatement ? node.argument : node.type === T.AssignmentExpression && node.left.type === T.MemberExpression ? node.right : null;
    if (leaving !== null && derived.isBuiltUpon(leaving)) found = leaving;
  });
  return found;
}

/** The function's constants by what they were made with. */
class Derived {
  readonly #known = new Map<Variable, 'given' | 'built' | undefined>();

  constructor(private readonly given: ResourceCase) {}

  isBuiltUpon(expression: TSESTree.Node): boolean {
    return this.#kindOf(expression) === 'built';
  }

  /** `given`: a part of it names the resource, or what its methods gave. `built`: something was made with that. */
  #kindOf(expression: TSESTree.Node): 'given' | 'built' | undefined {
    const { obligations, obligation } = this.given;
    let kind: 'given' | 'built' | undefined = mentions(expression, this.given) ? 'given' : undefined;
    walk(expression, (node) => {
      if (node.type !== T.Identifier) return;
      const of = this.#kindOfVariable(node);
      if (of === 'built' || (of === 'given' && kind === undefined)) kind = of;
    });
    if (kind !== 'given') return kind;
    // What was acquired from it and is owed itself: a page of a browser.
    if (obligations.some(({ site }) => site !== obligation.site && within(site.call, expression) && this.#isOwnMethod(site.call.callee))) return 'built';
    let builds = false;
    walk(expression, (node) => {
      if ((node.type !== T.NewExpression && node.type !== T.CallExpression) || isPureCall(node, this.given)) return;
      if (node.type === T.CallExpression && this.#isOwnMethod(node.callee)) return;
      if (node.arguments.some((argument) => argument.type !== T.SpreadElement && this.#isObject(argument) && this.#kindOf(argument) !== undefined)) builds = true;
    });
    return builds ? 'built' : kind;
  }

  /** A method of the resource, or of what its methods gave. */
  #isOwnMethod(callee: TSESTree.Node): boolean {
    const node = unwrap(callee);
    return node.type === T.MemberExpression && this.#kindOf(node.object) !== undefined;
  }

  /** A name as it is: texts and numbers are computed, objects are handed on. */
  #isObject(argument: TSESTree.Expression): boolean {
    return unwrap(argument).type === T.Identifier;
  }

  #kindOfVariable(identifier: TSESTree.Identifier): 'given' | 'built' | undefined {
    const variable = this.given.ctx.bindings.variableOf(identifier);
    if (variable === undefined || variable.defs.length !== 1) return undefined;
    if (this.#known.has(variable)) return this.#known.get(variable);
    this.#known.set(variable, undefined);
    const [definition] = variable.defs;
    if (definition?.node.type !== T.VariableDeclarator || definition.node.init === null || rootOf(definition.node) !== this.given.obligation.root) return undefined;
    // The resource's own declaration gives the resource.
    if (within(this.given.obligation.site.call, definition.node.init)) return undefined;
    // A name that takes something apart has a part of it: rows, a text.
    const kind = definition.node.id.type === T.Identifier ? this.#kindOf(definition.node.init) : undefined;
    this.#known.set(variable, kind);
    return kind;
  }
}
