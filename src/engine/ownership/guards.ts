import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowGraph, FlowNode } from '../flow/graph';
import type { Bindings } from '../syntax/bindings';
import { isFunction, rootOf, unwrap } from '../syntax/nodes';
import { isNothing } from '../syntax/values';
import { placeOf } from './place';

/** What is known of a value: `N` null or undefined, `F` falsy, `D` neither null nor undefined, `T` truthy. */
export type Known = 'N' | 'F' | 'D' | 'T';

/** A leaf condition, brought to one of two questions about one subject. */
export interface Question {
  /** A place's key, or a comparison written out. */
  readonly subject: string;
  readonly asks: 'truthy' | 'nullish';
  /** The condition is the reverse of the question. */
  readonly reversed: boolean;
}

/** A write to a place: what the place is known to be afterwards, if anything. */
export interface GuardWrite {
  readonly subject: string;
  readonly value: Known | undefined;
  /** The value is the answer to this condition: `const fresh = given === undefined || force`. */
  readonly condition?: TSESTree.Node;
}

/**
 * The conditions of one function that paths must agree on: `if (owns) ...` twice, `let done = false; ... done = true`, `let x; ... if (x)`.
 * Only subjects for which that can matter are tracked, so that the number of states stays small.
 */
export class Guards {
  private readonly questions = new Map<FlowNode, Question | undefined>();
  private readonly written = new Map<FlowNode, readonly GuardWrite[]>();
  private readonly tracked = new Set<string>();
  /** Variables that closures write: their answers are not remembered. While they hold a resource they are there all the same. */
  private readonly fickle = new Set<string>();

  constructor(
    graph: FlowGraph,
    private readonly bindings: Bindings,
  ) {
    const askers = new Map<string, Set<TSESTree.Node>>();
    const constants = new Set<string>();
    for (const node of graph.nodes) {
      const question = this.asked(node);
      this.questions.set(node, question);
      if (question) askers.set(question.subject, (askers.get(question.subject) ?? new Set()).add(node.ast));
      const writes = this.writes(node);
      if (writes.length > 0) this.written.set(node, writes);
      for (const write of writes) if (write.value !== undefined || write.condition !== undefined) constants.add(write.subject);
    }
    for (const [subject, nodes] of askers) if (!this.fickle.has(subject) && (nodes.size > 1 || constants.has(subject))) this.tracked.add(subject);
    // `options?.given`, and later `options.given`: where there are no options there is nothing given.
    for (const subject of [...this.tracked]) for (let dot = subject.lastIndexOf('.'); dot > 0; dot = subject.lastIndexOf('.', dot - 1)) if (askers.has(subject.slice(0, dot))) this.tracked.add(subject.slice(0, dot));
  }

  questionAt(node: FlowNode): Question | undefined {
    return this.questions.get(node);
  }

  writesAt(node: FlowNode): readonly GuardWrite[] {
    return this.written.get(node) ?? [];
  }

  tracks(subject: string): boolean {
    return this.tracked.has(subject);
  }

  private asked(node: FlowNode): Question | undefined {
    return node.kind === 'test' ? this.question(unwrap(node.ast), node.asks ?? 'truthy', 3) : undefined;
  }

  private question(test: TSESTree.Node, asks: 'truthy' | 'nullish', depth: number): Question | undefined {
    if (asks === 'truthy') {
      if (test.type === T.BinaryExpression) return this.comparison(test);
      const condition = depth > 0 ? this.conditionOf(test) : undefined;
      const inner = condition && this.question(unwrap(condition.test), 'truthy', depth - 1);
      if (condition && inner) return { ...inner, reversed: inner.reversed !== condition.reversed };
    }
    const subject = this.subjectOf(test);
    return subject === undefined ? undefined : { subject, asks, reversed: false };
  }

  /** `!x`, `Boolean(x)`, and a constant that was given the answer to a condition: `const owns = !given`. */
  private conditionOf(test: TSESTree.Node): { test: TSESTree.Node; reversed: boolean } | undefined {
    if (test.type === T.UnaryExpression && test.operator === '!') return { test: test.argument, reversed: true };
    if (test.type === T.CallExpression && test.callee.type === T.Identifier && test.callee.name === 'Boolean' && test.arguments[0]) return { test: test.arguments[0], reversed: false };
    if (test.type !== T.Identifier) return undefined;
    const variable = this.bindings.variableOf(test);
    const value = variable && this.bindings.onlyValueOf(variable);
    if (value === undefined) return undefined;
    const given = unwrap(value);
    return given.type === T.UnaryExpression || given.type === T.BinaryExpression || given.type === T.CallExpression ? this.asCondition(given) : undefined;
  }

  private asCondition(given: TSESTree.Node): { test: TSESTree.Node; reversed: boolean } | undefined {
    return given.type === T.BinaryExpression ? { test: given, reversed: false } : this.conditionOf(given);
  }

  private comparison(test: TSESTree.BinaryExpression): Question | undefined {
    if (!['==', '===', '!=', '!=='].includes(test.operator)) return undefined;
    const reversed = test.operator.startsWith('!');
    const left = unwrap(test.left);
    const right = unwrap(test.right);
    const [value, constant] = isConstant(right) ? [left, right] : [right, left];
    if (!isConstant(constant)) return undefined;
    if (value.type === T.UnaryExpression && value.operator === 'typeof' && constant.type === T.Literal) {
      const subject = this.subjectOf(unwrap(value.argument));
      if (subject === undefined) return undefined;
      if (constant.value === 'undefined') return { subject, asks: 'nullish', reversed };
      return { subject, asks: 'nullish', reversed: !reversed };
    }
    const subject = this.subjectOf(value);
    if (subject === undefined) return undefined;
    if (isNothing(constant)) return { subject, asks: 'nullish', reversed };
    if (constant.type === T.Literal && typeof constant.value === 'boolean') return { subject, asks: 'truthy', reversed: reversed === constant.value };
    return constant.type === T.Literal ? { subject: `${subject}===${constant.raw}`, asks: 'truthy', reversed } : undefined;
  }

  /** A name or member path. */
  private subjectOf(expression: TSESTree.Node): string | undefined {
    const place = placeOf(expression, this.bindings);
    if (place === undefined) return undefined;
    if (place.variable !== 'this' && place.path.length === 0 && this.writtenElsewhere(place.variable, rootOf(expression))) this.fickle.add(place.key);
    return place.key;
  }

  /** Closures that write a variable may run at any call: nothing can be relied on. */
  private writtenElsewhere(variable: Parameters<Bindings['writesOf']>[0], root: TSESTree.Node): boolean {
    return variable.references.some((reference) => reference.isWrite() && rootOf(reference.identifier) !== root);
  }

  private writes(node: FlowNode): GuardWrite[] {
    const { ast } = node;
    if (node.kind === 'declare' && ast.type === T.VariableDeclarator) return this.writesOf(ast.id, 'N');
    if (node.kind !== 'assign' && node.kind !== 'catch' && node.kind !== 'iterate') return [];
    switch (ast.type) {
      case T.VariableDeclarator:
        return this.writesOf(ast.id, ast.init ? knownValue(ast.init) : undefined, ast.init ?? undefined);
      case T.AssignmentExpression:
        return this.writesOf(ast.left, ast.operator === '=' ? knownValue(ast.right) : undefined, ast.operator === '=' ? ast.right : undefined);
      case T.UpdateExpression:
        return this.writesOf(ast.argument, undefined);
      case T.ForOfStatement:
      case T.ForInStatement:
        return ast.left.type === T.VariableDeclaration ? ast.left.declarations.flatMap((one) => this.writesOf(one.id, undefined)) : this.writesOf(ast.left, undefined);
      case T.CatchClause:
        return ast.param ? this.writesOf(ast.param, undefined) : [];
      default:
        return this.writesOf(ast, undefined);
    }
  }

  /** What a condition comes to, as far as what is known of its parts decides it. */
  evaluate(condition: TSESTree.Node, known: ReadonlyMap<string, Known>): boolean | undefined {
    const node = unwrap(condition);
    if (node.type === T.LogicalExpression && node.operator !== '??') {
      const [left, right] = [this.evaluate(node.left, known), this.evaluate(node.right, known)];
      const decisive = node.operator === '||';
      if (left === decisive || right === decisive) return decisive;
      return left === undefined || right === undefined ? undefined : !decisive;
    }
    const question = this.question(node, 'truthy', 3);
    const given = question && answer(question.asks, known.get(question.subject));
    return given === undefined ? undefined : given !== question?.reversed;
  }

  private writesOf(target: TSESTree.Node, value: Known | undefined, given?: TSESTree.Node): GuardWrite[] {
    switch (target.type) {
      case T.ArrayPattern:
        return target.elements.flatMap((element) => (element ? this.writesOf(element, undefined) : []));
      case T.ObjectPattern:
        return target.properties.flatMap((property) => this.writesOf(property.type === T.Property ? property.value : property.argument, undefined));
      case T.AssignmentPattern:
        return this.writesOf(target.left, undefined);
      case T.RestElement:
        return this.writesOf(target.argument, undefined);
      default: {
        const place = placeOf(target, this.bindings);
        const condition = given !== undefined && value === undefined && unwrap(given).type === T.LogicalExpression ? given : undefined;
        return place ? [{ subject: place.key, value, ...(condition ? { condition } : {}) }] : [];
      }
    }
  }
}

function isConstant(node: TSESTree.Node): boolean {
  return node.type === T.Literal || isNothing(node);
}

/** What an expression's value surely is. */
function knownValue(expression: TSESTree.Node): Known | undefined {
  const node = unwrap(expression);
  if (isNothing(node)) return 'N';
  if (node.type === T.Literal) return node.value ? 'T' : 'F';
  if (isFunction(node) || [T.ObjectExpression, T.ArrayExpression, T.NewExpression, T.ClassExpression].includes(node.type)) return 'T';
  return undefined;
}

/** The answer to a question, where what is known decides it. */
export function answer(asks: 'truthy' | 'nullish', known: Known | undefined): boolean | undefined {
  if (known === undefined) return undefined;
  if (asks === 'truthy') return known === 'T' ? true : known === 'D' ? undefined : false;
  return known === 'N' ? true : known === 'F' ? undefined : false;
}

/** What a subject is known to be once a question was answered. */
export function learnt(asks: 'truthy' | 'nullish', given: boolean, before: Known | undefined): Known {
  if (asks === 'truthy') return given ? 'T' : before === 'N' ? 'N' : 'F';
  return given ? 'N' : before === 'T' ? 'T' : 'D';
}
