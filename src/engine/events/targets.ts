import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { DefinitionType } from '@typescript-eslint/scope-manager';
import type { Variable } from '@typescript-eslint/scope-manager';
import type { Context } from '../ownership/context';
import { KEEPING_METHODS } from '../ownership/sinks';
import { ownershipByName } from '../resources/ownedNames';
import { parameterProperty } from '../syntax/classFields';
import type { ClassNode } from '../syntax/nodes';
import { calleeName, enclosingClass, isFunction, lastName, staticName, thisOwner, unwrap, unwrapAwait } from '../syntax/nodes';
import { factsOf } from './owners';

/**
 * Whose an object is, seen from code that listens to it. `own`: made here, or a part of the receiver: both go together. `handed`: a
 * parameter. `injected`: a field that a constructor parameter or an injecting decorator gave. `global`: the process, the window, what a
 * module exports. `unknown`: nothing of this can be told, and nothing may be said.
 */
export type Standing = 'own' | 'handed' | 'injected' | 'global' | 'unknown';

const DEPTH = 8;

/** Whose the object is that an expression gives, decided on the syntax of this file. */
export function standingOf(expression: TSESTree.Node, ctx: Context, depth = DEPTH): Standing {
  if (depth === 0) return 'unknown';
  const node = unwrapAwait(expression);
  switch (node.type) {
    case T.ThisExpression:
    case T.Super:
    case T.NewExpression:
    case T.ObjectExpression:
    case T.ArrayExpression:
      return 'own';
    case T.MemberExpression:
      return node.object.type === T.ThisExpression ? ofField(node, ctx, depth) : standingOf(node.object, ctx, depth - 1);
    case T.Identifier:
      return ofIdentifier(node, ctx, depth);
    case T.CallExpression:
      return ofCall(node, ctx, depth);
    case T.LogicalExpression:
      // `options ?? {}`: an empty object has nothing to listen to.
      if (node.right.type === T.ObjectExpression && node.right.properties.length === 0) return standingOf(node.left, ctx, depth - 1);
      return weakest(standingOf(node.left, ctx, depth - 1), standingOf(node.right, ctx, depth - 1));
    case T.ConditionalExpression:
      return weakest(standingOf(node.consequent, ctx, depth - 1), standingOf(node.alternate, ctx, depth - 1));
    default:
      return 'unknown';
  }
}

/** Of two possible standings the one that lets say less. */
function weakest(one: Standing, other: Standing): Standing {
  if (one === other) return one;
  if (one === 'own' || other === 'own') return 'own';
  return one === 'unknown' || other === 'unknown' ? 'unknown' : 'handed';
}

function ofCall(call: TSESTree.CallExpression, ctx: Context, depth: number): Standing {
  const name = calleeName(call) ?? '';
  const callee = unwrap(call.callee);
  if (name === 'matchMedia') return 'global';
  // What a component keeps for itself goes with it.
  if (/^use(State|Ref|Memo|Reducer|Constant|LazyRef)$/.test(name)) return 'own';
  // `this._register(new Model())`, `store.add(createModel())` give what they keep.
  const [kept] = call.arguments;
  if (KEEPING_METHODS.has(name) && kept !== undefined && standingOf(kept, ctx, depth - 1) === 'own') return 'own';
  // What is derived from an observable lives as that does.
  if (name === 'pipe' && callee.type === T.MemberExpression) return standingOf(callee.object, ctx, depth - 1);
  // `fromEvent(window, 'resize')`, `merge(this.a, this.b)` live as what they listen to.
  if (callee.type === T.Identifier && /^(fromEvent|fromEventPattern|merge|combineLatest|zip|concat)$/.test(name)) return standingOfSources(call, ctx, depth);
  if (name === 'inject' && callee.type === T.Identifier) return 'injected';
  if (ownershipByName(name) !== 'borrowed') return ownershipByName(name) === 'owned' ? 'own' : 'unknown';
  // What is looked up in a page may be any part of it.
  if (/^(query|getElement|closest)/.test(name)) return 'unknown';
  if (callee.type === T.MemberExpression) return standingOf(callee.object, ctx, depth - 1);
  return callee.type === T.Identifier && isImported(ctx.bindings.variableOf(callee)) ? 'global' : 'unknown';
}

/** Of what several observables come of the standing that lets say least. */
function standingOfSources({ arguments: [first, ...others], callee }: TSESTree.CallExpression, ctx: Context, depth: number): Standing {
  const listed = first?.type === T.ArrayExpression ? first.elements.filter((element) => element !== null) : first === undefined ? [] : callee.type === T.Identifier && callee.name.startsWith('from') ? [first] : [first, ...others];
  const standings = listed.map((source) => standingOf(source, ctx, depth - 1));
  return standings.length === 0 ? 'unknown' : standings.reduce(weakest);
}

function isImported(variable: Variable | undefined): boolean {
  return variable?.defs[0]?.type === DefinitionType.ImportBinding;
}

function ofIdentifier(node: TSESTree.Identifier, ctx: Context, depth: number): Standing {
  const variable = ctx.bindings.variableOf(node);
  if (variable === undefined) return 'global';
  const [definition] = variable.defs;
  switch (definition?.type) {
    case DefinitionType.ImportBinding:
    case DefinitionType.ClassName:
    case DefinitionType.FunctionName:
      return 'global';
    case DefinitionType.Parameter:
      return 'handed';
    case DefinitionType.Variable: {
      const declarator = definition.node;
      if (ctx.bindings.ownerOf(variable).type === T.Program) return 'global';
      const loop = declarator.parent.parent;
      if ((loop.type === T.ForOfStatement || loop.type === T.ForInStatement) && loop.left === declarator.parent) return standingOfElements(loop.right, ctx, depth - 1);
      if (declarator.id.type !== T.Identifier) return declarator.init ? standingOf(declarator.init, ctx, depth - 1) : 'unknown';
      const values = ctx.bindings.writesOf(variable).flatMap((write) => (write.value === undefined ? [] : [standingOf(write.value, ctx, depth - 1)]));
      return values.length === 0 ? 'unknown' : values.reduce(weakest);
    }
    default:
      return 'unknown';
  }
}

/** Whose the elements of a list are: of `new Set(list)` they are those of the list. */
function standingOfElements(list: TSESTree.Node, ctx: Context, depth: number): Standing {
  const node = unwrapAwait(list);
  const variable = node.type === T.Identifier ? ctx.bindings.variableOf(node) : undefined;
  const value = variable && ctx.bindings.onlyValueOf(variable);
  const made = value === undefined ? node : unwrapAwait(value);
  const [given] = made.type === T.NewExpression && /^(Set|Array)$/.test(calleeName(made) ?? '') ? made.arguments : [];
  return standingOf(given ?? list, ctx, depth);
}

const INJECTING = /^(inject|autowired|service|resolve|lazyInject|consume|I[A-Z]\w*)/i;

/** `this.name`: what the class itself gives the field, or who gives it to the class. */
function ofField(member: TSESTree.MemberExpression, ctx: Context, depth: number): Standing {
  const name = staticName(member);
  const cls = enclosingClass(thisOwner(member));
  return name === undefined || cls === undefined ? 'unknown' : standingOfField(cls, name, ctx, depth);
}

/** Whose the object in a field is. */
function standingOfField(cls: ClassNode, name: string, ctx: Context, depth = DEPTH): Standing {
  // What a component is given outlives it.
  if (name === 'props' && cls.superClass !== null && /Component$/.test(lastName(cls.superClass) ?? '')) return 'injected';
  if (parameterProperty(cls, name) !== undefined) return 'injected';
  const standings: Standing[] = [];
  for (const member of cls.body.body) {
    if (member.type === T.PropertyDefinition && staticName(member) === name) {
      if (member.decorators.some((decorator) => INJECTING.test(decoratorName(decorator)))) return 'injected';
      if (member.value) standings.push(isFunction(member.value) ? 'own' : standingOf(member.value, ctx, depth - 1));
    }
    if (member.type === T.MethodDefinition && member.kind === 'get' && staticName(member) === name) return 'unknown';
  }
  for (const value of (factsOf(cls).values.get(name) ?? [])) {
    const standing = standingOf(value, ctx, depth - 1);
    standings.push(standing === 'handed' ? 'injected' : standing);
  }
  return standings.length === 0 ? 'unknown' : standings.reduce(weakest);
}

function decoratorName({ expression }: TSESTree.Decorator): string {
  const called = expression.type === T.CallExpression ? expression.callee : expression;
  return called.type === T.Identifier ? called.name : called.type === T.MemberExpression ? (staticName(called) ?? '') : '';
}
