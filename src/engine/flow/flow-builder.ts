import type { TSESTree } from '@typescript-eslint/types';
import type { FlowEdgeKind, FlowGraph, FlowNode, FlowNodeKind, FlowRoot } from './graph';
import { addAll } from './dangling';
import type { Dangling } from './dangling';
import type { Completion, Frame, JumpFrame } from './completions';
import { RETURNED, THROWN } from './completions';
import { processExitsIn } from './process-exit';

/** Kinds that can throw as such; a destructuring `assign` asks for it by `mayThrow`. */
const THROWING: ReadonlySet<FlowNodeKind> = new Set(['call', 'await', 'yield', 'iterate', 'dispose']);

/** Syntax nested deeper than this is given up on: the walk recurses, and the stack is not ours to spend. */
const DEEPEST = 400;

/** What a node has beside its kind and its syntax. */
export interface NodeTraits {
  readonly asks?: 'truthy' | 'nullish';
  readonly events?: readonly string[];
  /** Gives an edge to the innermost handler to a node whose kind does not throw by itself. */
  readonly mayThrow?: boolean;
}

/** The two ways out of a condition or of an iteration step. */
export interface Branches {
  readonly yes: Dangling[];
  readonly no: Dangling[];
}

/**
 * A graph in the making. It grows forwards: `frontier` holds the edges that still lead nowhere, and the next node takes them
 * all. An empty frontier means that what follows is unreachable, and then nothing is added.
 */
export class FlowBuilder {
  readonly nodes: FlowNode[] = [];
  readonly frames: Frame[] = [];
  frontier: Dangling[];
  /** Names under which the file imports what ends the process. */
  readonly processExits: ReadonlySet<string>;
  /** How many copies of `finally` blocks enclose the place where we are. */
  copies = 0;
  #depth = 0;
  #truncated = false;
  readonly #byAst = new Map<TSESTree.Node, FlowNode[]>();
  readonly #entry: FlowNode;
  readonly #exit: FlowNode;
  readonly #raise: FlowNode;
  readonly #halt: FlowNode;

  constructor(
    readonly root: FlowRoot,
    readonly nodeBudget: number,
  ) {
    this.#entry = this.#create('entry', root, {});
    this.#exit = this.#create('exit', root, {});
    this.#raise = this.#create('raise', root, {});
    this.#halt = this.#create('halt', root, {});
    this.frontier = [{ from: this.#entry, kind: 'next' }];
    this.processExits = processExitsIn(root);
  }

  get reachable(): boolean {
    return this.frontier.length > 0;
  }

  /** The budget is nearly used up: what may be copied should be shared. */
  get short(): boolean {
    return this.nodes.length > this.nodeBudget * 0.75;
  }

  /** Adds a node that takes the whole frontier. `undefined`: unreachable, or out of budget. */
  add(kind: FlowNodeKind, ast: TSESTree.Node, traits: NodeTraits = {}): FlowNode | undefined {
    if (!this.reachable) return undefined;
    if (this.nodes.length >= this.nodeBudget) return this.giveUp();
    const node = this.#create(kind, ast, traits);
    this.leadTo(node);
    this.frontier = [{ from: node, kind: 'next' }];
    if (THROWING.has(kind) || traits.mayThrow === true) this.complete(THROWN, [{ from: node, kind: 'throw' }]);
    return node;
  }

  /** Adds a node with a true and a false edge and leaves the frontier empty. */
  branch(kind: 'test' | 'case' | 'iterate', ast: TSESTree.Node, traits: NodeTraits = {}): Branches {
    const node = this.add(kind, ast, traits);
    this.frontier = [];
    if (node === undefined) return { yes: [], no: [] };
    return { yes: [{ from: node, kind: 'true' }], no: [{ from: node, kind: 'false' }] };
  }

  /** Lets the frontier end at a node that is there already. */
  leadTo(node: FlowNode): void {
    for (const { from, kind } of this.frontier) from.out.push({ kind, to: node });
    this.frontier = [];
  }

  /** Lets more edges come in where we are. Takes the array over. */
  join(more: Dangling[]): void {
    this.frontier = addAll(this.frontier, more);
  }

  /** Takes the frontier away, to be joined elsewhere. */
  take(): Dangling[] {
    const taken = this.frontier;
    this.frontier = [];
    return taken;
  }

  /** Sends edges off as an abrupt completion: to the innermost `finally` or handler on the way, else out of the function. */
  complete(completion: Completion, edges: Dangling[]): void {
    if (edges.length === 0) return;
    for (let at = this.frames.length - 1; at >= 0; at--) {
      const frame = this.frames[at];
      if (frame === undefined) break;
      if (frame.kind === 'finally') {
        frame.pending.set(completion, addAll(frame.pending.get(completion) ?? [], edges));
        return;
      }
      if (frame.kind === 'catch' && completion === THROWN) {
        frame.thrown = addAll(frame.thrown, edges);
        return;
      }
      if (frame.kind === 'jump' && (completion.kind === 'break' || completion.kind === 'continue') && completion.target === frame) {
        if (completion.kind === 'break') frame.broken = addAll(frame.broken, edges);
        else frame.continued = addAll(frame.continued, edges);
        return;
      }
    }
    const end = completion === THROWN ? this.#raise : this.#exit;
    for (const { from, kind } of edges) from.out.push({ kind, to: end });
  }

  /** Completes the frontier abruptly. */
  leave(completion: Completion): void {
    this.complete(completion, this.take());
  }

  /** The process ends here. */
  stop(): void {
    this.leadTo(this.#halt);
  }

  /** The frame that a `break` or `continue` without or with a label means. */
  jumpTarget(jump: 'break' | 'continue', label: string | undefined): JumpFrame | undefined {
    for (let at = this.frames.length - 1; at >= 0; at--) {
      const frame = this.frames[at];
      if (frame?.kind !== 'jump') continue;
      if (frame.takes(jump, label)) return frame;
    }
    return undefined;
  }

  /** Goes one level of syntax down. `false`: nothing to do there, or too deep; then don't `ascend`. */
  descend(): boolean {
    if (!this.reachable) return false;
    if (this.#depth >= DEEPEST) {
      this.giveUp();
      return false;
    }
    this.#depth++;
    return true;
  }

  ascend(): void {
    this.#depth--;
  }

  /** Stops building along this path. What is not known ends at `halt`, where nothing is owed any more. */
  giveUp(): undefined {
    this.#truncated = true;
    this.stop();
    return undefined;
  }

  finish(): FlowGraph {
    this.leave(RETURNED);
    for (const { out } of this.nodes) if (out.length > 1) out.sort((a, b) => EDGE_ORDER[a.kind] - EDGE_ORDER[b.kind] || a.to.id - b.to.id);
    const byAst = this.#byAst;
    return {
      root: this.root,
      entry: this.#entry,
      exit: this.#exit,
      raise: this.#raise,
      halt: this.#halt,
      nodes: this.nodes,
      nodesOf: (ast) => byAst.get(ast) ?? [],
      truncated: this.#truncated,
    };
  }

  #create(kind: FlowNodeKind, ast: TSESTree.Node, { asks, events }: NodeTraits): FlowNode {
    const node: { -readonly [Key in keyof FlowNode]: FlowNode[Key] } = { id: this.nodes.length, kind, ast, out: [] };
    if (asks !== undefined) node.asks = asks;
    if (events !== undefined) node.events = events;
    this.nodes.push(node);
    const same = this.#byAst.get(ast);
    if (same === undefined) this.#byAst.set(ast, [node]);
    else same.push(node);
    return node;
  }
}

const EDGE_ORDER: Readonly<Record<FlowEdgeKind, number>> = { next: 0, true: 1, false: 2, throw: 3, return: 4 };
