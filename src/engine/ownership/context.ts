import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { SourceModule } from '../analyse';
import type { CallFact, Fact, Query, TypeFact } from '../facts';
import { buildFlowGraph } from '../flow/build';
import type { ThrowGrade, ThrowKnowledge } from '../flow/grade';
import { gradeThrow } from '../flow/grade';
import type { FlowGraph, FlowNode, FlowRoot } from '../flow/graph';
import { ownerPattern, specifierPattern } from '../resources/commonNames';
import type { KnownAcquire, ModelIndex } from '../resources/lookup';
import { lastNameOf, membersOf } from '../resources/lookup';
import type { Acquire } from '../resources/model';
import { Bindings } from '../syntax/bindings';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import { calleeName, isCall, staticName, unwrap } from '../syntax/nodes';
import { Origins } from '../syntax/origin';
import type { Treatment } from './effect';
import { Guards } from './guards';
import { gradeHandMade } from './handMade';
import { FLUENT_METHODS } from './sinks';
import { ownFunction } from './treatment';

/** How a function may be left. */
interface Ways {
  readonly returns: boolean;
  readonly raises: ThrowGrade;
}

const UNKNOWN_WAYS: Ways = { returns: true, raises: 'unlikely' };

/** What is known of one file while it is analysed: names, origins, graphs, facts. Everything is made once, when first asked for. */
export class Context {
  readonly bindings: Bindings;
  readonly origins: Origins;
  private readonly graphs = new Map<FlowRoot, FlowGraph>();
  private readonly guards = new Map<FlowGraph, Guards>();
  private readonly facts = new Map<string, Fact | undefined>();
  /** What `facts` has for a node, as searches ask for it at every step. */
  private readonly factsOfNodes = { call: new Map<TSESTree.Node, Fact | undefined>(), type: new Map<TSESTree.Node, Fact | undefined>(), lending: new Map<TSESTree.Node, Fact | undefined>() };
  private readonly ways = new Map<FunctionNode, Ways>();
  /** How deep `waysOf` is in functions that call each other: what it says then of those on the way is not final. */
  private following = 0;
  private readonly ending = new Map<TSESTree.Node, boolean>();
  private readonly mentioned = new Map<Acquire, boolean>();
  private knownEngines: { readonly range: string | undefined } | undefined;
  /** Calls that release something, as far as obligations were followed. */
  readonly releasingCalls = new Set<TSESTree.Node>();
  /** Answers of `summarise`; forgotten when more facts come. */
  readonly summaries = new Map<FunctionNode, Map<string, Treatment>>();
  readonly throwKnowledge: ThrowKnowledge = { summary: (call) => this.throwsOf(call), promised: (call) => gradeHandMade(call, this), originalName: (name) => this.importedName(name), isParameter: (expression) => this.bindings.variableOf(expression)?.defs[0]?.type === 'Parameter' };

  constructor(
    readonly module: SourceModule,
    readonly models: ModelIndex,
    private readonly nodeBudget: number | undefined,
    private readonly askEngines?: () => string | undefined,
  ) {
    this.bindings = new Bindings(module.scopes);
    this.origins = new Origins(this.bindings, (from, member) => models.resultType(from, member) ?? givenAgain(member));
  }

  /** The versions of Node that the project says it runs on; undefined where it does not say. */
  get engines(): string | undefined {
    this.knownEngines ??= { range: this.askEngines?.() };
    return this.knownEngines.range;
  }

  graphOf(root: FlowRoot): FlowGraph {
    let graph = this.graphs.get(root);
    if (graph === undefined) {
      graph = buildFlowGraph(root, this.nodeBudget === undefined ? {} : { nodeBudget: this.nodeBudget });
      this.graphs.set(root, graph);
    }
    return graph;
  }

  guardsOf(graph: FlowGraph): Guards {
    let guards = this.guards.get(graph);
    if (guards === undefined) this.guards.set(graph, (guards = new Guards(graph, this.bindings)));
    return guards;
  }

  /** The call's type is `never`, or the function of this file that it runs has no normal end. */
  neverReturns(call: TSESTree.Node): boolean {
    let never = this.ending.get(call);
    if (never === undefined) {
      never = this.findsNoReturn(call);
      if (this.following === 0) this.ending.set(call, never);
    }
    return never;
  }

  private findsNoReturn(call: TSESTree.Node): boolean {
    if (this.callFact(call)?.never) return true;
    if (call.type !== T.CallExpression) return false;
    if (this.bindings.declaresNever(call.callee)) return true;
    const fn = this.bindings.functionOf(call.callee);
    return fn !== undefined && !fn.async && !fn.generator && !this.waysOf(fn).returns;
  }

  /** What is called, by its last name; an imported one as its module calls it. */
  calleeName(call: CallNode): string | undefined {
    return (call.callee.type === T.Identifier ? this.importedName(call.callee) : undefined) ?? calleeName(call);
  }

  /** The member that an expression reads, or that its name was taken from by a pattern: `done` for `const { done: end } = ...; end`. */
  memberName(expression: TSESTree.Node): string | undefined {
    const node = unwrap(expression);
    if (node.type === T.MemberExpression) return staticName(node);
    const name = this.bindings.variableOf(node)?.defs[0]?.name;
    return name?.parent?.type === T.Property ? staticName(name.parent) : node.type === T.Identifier ? node.name : undefined;
  }

  private importedName(name: TSESTree.Identifier): string | undefined {
    const variable = this.bindings.variableOf(name);
    if (variable === undefined) return undefined;
    const origin = this.origins.of(name);
    return origin?.kind === 'export' && origin.path !== '' ? lastNameOf(origin.path) : undefined;
  }

  /** What a call of a function of this file surely does: it throws on purpose on some path, or nothing in it can throw. */
  private throwsOf(call: TSESTree.Node): 'throws' | 'never' | undefined {
    if (call.type !== T.CallExpression) return undefined;
    const fn = ownFunction(call, this);
    if (fn === undefined || fn.body === null) return undefined;
    // Calling a generator runs none of it.
    if (fn.generator) return 'never';
    const ways = this.waysOf(fn);
    if (ways.raises === 'likely') return 'throws';
    return ways.raises === 'never' ? 'never' : undefined;
  }

  private waysOf(fn: FunctionNode): Ways {
    const known = this.ways.get(fn);
    if (known !== undefined) return known;
    this.ways.set(fn, UNKNOWN_WAYS); // what a recursive call finds
    const graph = this.graphOf(fn);
    this.following++;
    const found = graph.truncated ? UNKNOWN_WAYS : { returns: reaches(graph, graph.exit, 'unlikely', this), raises: this.raisesOf(graph) };
    this.following--;
    this.ways.set(fn, found);
    return found;
  }

  private raisesOf(graph: FlowGraph): ThrowGrade {
    if (reaches(graph, graph.raise, 'likely', this)) return 'likely';
    return reaches(graph, graph.raise, 'unlikely', this) ? 'unlikely' : 'never';
  }

  /** Notes the answers to a batch. */
  learn(queries: readonly Query[], answers: readonly (Fact | undefined)[]): void {
    this.summaries.clear();
    this.ending.clear();
    this.factsOfNodes.call.clear();
    this.factsOfNodes.type.clear();
    this.factsOfNodes.lending.clear();
    queries.forEach((query, index) => this.facts.set(keyOf(query), answers[index]));
  }

  /** The question was put already, whatever the answer. */
  asked(query: Query): boolean {
    return this.facts.has(keyOf(query));
  }

  callFact(call: TSESTree.Node): CallFact | undefined {
    const fact = this.factOf('call', call);
    return fact?.kind === 'call' ? fact : undefined;
  }

  /** What is known of an expression's type, if it was asked about. */
  typeFact(expression: TSESTree.Node): TypeFact | undefined {
    const fact = this.factOf('type', expression);
    return fact?.kind === 'type' ? fact : undefined;
  }

  /** The callee is known only to work with the argument at the index, if it was asked about. */
  lends(call: TSESTree.Node, index: number): boolean {
    const fact = this.factOf('lending', call);
    return fact?.kind === 'lending' && fact.lent.includes(index);
  }

  private factOf(kind: Query['kind'], node: TSESTree.Node): Fact | undefined {
    const known = this.factsOfNodes[kind];
    const fact = known.get(node);
    if (fact !== undefined || known.has(node)) return fact;
    const found = this.facts.get(keyOf({ kind, start: node.range[0], end: node.range[1] }));
    known.set(node, found);
    return found;
  }

  /** What the call may be called in models: by imports and annotations, else by types. `local`: surely this file's own. */
  membersOf(call: CallNode): readonly { module: string; member: string }[] | 'local' {
    const origin = this.origins.ofCallee(call);
    const fact = this.callFact(call);
    const typed = fact === undefined ? [] : membersOf(fact, call.type === T.NewExpression);
    if (origin === 'local') return 'local';
    return origin === undefined ? typed : [origin, ...typed];
  }

  /** The source text, on one line and not too long, for messages. */
  excerpt(node: TSESTree.Node, most = 60): string {
    const shown = isCall(node) && node.arguments.length > 0 ? `${node.type === T.NewExpression ? 'new ' : ''}${this.excerpt(node.callee, most)}(...)` : this.textOf(node);
    const line = shown.replace(/\s+/g, ' ');
    return line.length > most ? `${line.slice(0, most - 3)}...` : line;
  }

  /** The text names what has the acquire: its library's module, in quotes, or of a global the object or class. */
  mentions({ acquire, library }: KnownAcquire): boolean {
    let known = this.mentioned.get(acquire);
    if (known === undefined) {
      const pattern = library.global === true ? ownerPattern(acquire) : specifierPattern(library);
      this.mentioned.set(acquire, (known = pattern !== '' && new RegExp(pattern).test(this.module.text)));
    }
    return known;
  }

  /** What an `await` waits for; any other node is itself. */
  awaited(node: TSESTree.Node): TSESTree.Node {
    return node.type === T.AwaitExpression ? unwrap(node.argument) : node;
  }

  textOf(node: TSESTree.Node): string {
    return this.module.text.slice(node.range[0], node.range[1]);
  }

  lineOf(node: TSESTree.Node): number {
    return node.loc.start.line;
  }
}

function keyOf(query: Query): string {
  return `${query.kind}:${String(query.start)}:${String(query.end)}`;
}

/** A node can be reached from the entry, by throw edges of at least this grade. */
function reaches(graph: FlowGraph, goal: FlowNode, least: 'likely' | 'unlikely', ctx: Context): boolean {
  const seen = new Set([graph.entry]);
  for (const node of seen) {
    if (node === goal) return true;
    for (const edge of node.out) {
      if (edge.kind === 'return') continue;
      if (edge.kind === 'next' && node.kind === 'call' && ctx.neverReturns(node.ast)) continue;
      if (edge.kind === 'throw') {
        const grade = gradeThrow(node, ctx.throwKnowledge);
        if (grade === 'never' || (grade === 'unlikely' && least === 'likely')) continue;
      }
      seen.add(edge.to);
    }
  }
  return false;
}

/** `createClient().on('error', log)`: the methods of emitters give their receiver again, whoever declares them. */
function givenAgain(member: string): string | undefined {
  const [type, method] = member.split('#');
  return method !== undefined && FLUENT_METHODS.has(method) ? type : undefined;
}
