import assert from 'node:assert/strict';
import { transformSync } from 'esbuild';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowEdgeKind, FlowGraph, FlowNode } from '../../../src/engine/flow/graph';
import type { Dice } from './random-programs';

/** What was seen at one step of a run: which numbered place asked, and how it was answered. */
export interface Seen {
  readonly place: number;
  readonly of: 'yield' | 'iterate' | 'dispose';
  readonly edge: FlowEdgeKind;
  readonly value: unknown;
}

export interface Execution {
  readonly seen: readonly Seen[];
  /** How it ended; `cut`: it would have gone on. */
  readonly end: 'exit' | 'raise' | 'cut';
}

const STEPS = 60;

/** Runs a program with answers that the dice choose. */
export function execute(program: Program, dice: Dice): Execution {
  const seen: Seen[] = [];
  const answer = (place: number, of: 'iterate' | 'dispose', normal: () => FlowEdgeKind): FlowEdgeKind => {
    const edge = dice.below(15) === 0 ? 'throw' : normal();
    seen.push({ place, of, edge, value: undefined });
    if (edge === 'throw') throw new Error('thrown by the dice');
    return edge;
  };
  const iterable = (place: number): Iterable<number> => ({
    [Symbol.iterator]: () => ({
      next: () => ({ done: answer(place, 'iterate', () => dice.pick(['true', 'true', 'false'])) === 'false', value: 1 }),
    }),
  });
  const resource = (place: number): Disposable => ({
    [Symbol.dispose]: () => void answer(place, 'dispose', () => 'next'),
  });
  const run = program(iterable, resource, undefined);
  try {
    for (let step = run.next(); !step.done; ) {
      if (seen.length >= STEPS || typeof step.value !== 'number') return { seen, end: 'cut' };
      const edge = dice.pick<FlowEdgeKind>(dice.below(20) > 0 ? ['next'] : ['throw', 'return']);
      const value = dice.pick<unknown>([undefined, null, 0, 1, 1, { a: {} }]);
      seen.push({ place: step.value, of: 'yield', edge, value });
      if (edge === 'next') step = run.next(value);
      else step = edge === 'throw' ? run.throw(new Error('thrown at a yield')) : run.return(undefined);
    }
    return { seen, end: 'exit' };
  } catch {
    return { seen, end: 'raise' };
  }
}

export type Program = (xs: (place: number) => Iterable<number>, res: (place: number) => Disposable, v: unknown) => Generator<unknown, unknown, unknown>;

/** `using` is lowered: the Node that runs the tests may not know it. */
export function loadProgram(source: string): Program {
  const { code } = transformSync(source, { target: 'es2022', loader: 'js' });
  const made: unknown = new Function(`${code}; return f;`)();
  assert(isProgram(made));
  return made;
}

function isProgram(made: unknown): made is Program {
  return typeof made === 'function';
}

/** The nodes at which a run may stand, given what was seen: those that do nothing observable are gone through. */
export class Follower {
  /** Where the run may stand, before the next observable step. */
  private at: ReadonlySet<FlowNode>;
  private readonly values = new Map<number, unknown>();
  /** How many branches had to be taken both ways because their value is not known. */
  guesses = 0;

  constructor(private readonly graph: FlowGraph) {
    this.at = this.closure([graph.entry]);
  }

  /** Follows one step. Gives how many nodes it may have been at. */
  follow({ place, of, edge, value }: Seen): number {
    const here = [...this.at].filter((node) => node.kind === of && placeOf(node.ast) === place);
    this.values.set(place, value);
    this.at = this.closure(here.flatMap((node) => targets(node, [edge])));
    return here.length;
  }

  canEnd(end: Execution['end']): boolean {
    return end === 'cut' || this.at.has(this.graph[end]);
  }

  private closure(start: readonly FlowNode[]): Set<FlowNode> {
    const seen = new Set<FlowNode>();
    const open = [...start];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      open.push(...this.silentSteps(node));
    }
    return seen;
  }

  private silentSteps(node: FlowNode): FlowNode[] {
    switch (node.kind) {
      case 'yield':
      case 'iterate':
      case 'dispose':
        return [];
      case 'throw':
        return targets(node, ['throw']);
      case 'test': {
        const place = placeOf(node.ast);
        if (place !== undefined && this.values.has(place)) {
          const value = this.values.get(place);
          const holds = node.asks === 'nullish' ? value === undefined || value === null : Boolean(value);
          return targets(node, [holds ? 'true' : 'false']);
        }
        this.guesses++;
        return targets(node, ['true', 'false']);
      }
      case 'case':
        this.guesses++;
        return targets(node, ['true', 'false']);
      default:
        return targets(node, ['next']);
    }
  }
}

function targets(node: FlowNode, kinds: readonly FlowEdgeKind[]): FlowNode[] {
  return node.out.filter(({ kind }) => kinds.includes(kind)).map(({ to }) => to);
}

/** The number by which a place in the program is known. */
function placeOf(ast: TSESTree.Node): number | undefined {
  switch (ast.type) {
    case 'YieldExpression':
      return ast.argument?.type === 'Literal' ? Number(ast.argument.value) : undefined;
    case 'ForOfStatement':
      return numberGiven(ast.right);
    case 'VariableDeclarator':
      return ast.init ? numberGiven(ast.init) : undefined;
    default:
      return undefined;
  }
}

function numberGiven(node: TSESTree.Expression): number | undefined {
  const argument = node.type === 'CallExpression' ? node.arguments[0] : undefined;
  return argument?.type === 'Literal' ? Number(argument.value) : undefined;
}
