import type { Dangling } from './dangling';
import type { FlowBuilder } from './flow-builder';

/**
 * How control leaves a statement other than by going on. There is one object per way and target, so that identity decides which
 * copy of a `finally` block an edge enters. A generator's `return()` at a `yield` completes as `return` does.
 */
export type Completion =
  | { readonly kind: 'throw' }
  | { readonly kind: 'return' }
  | { readonly kind: 'break' | 'continue'; readonly target: JumpFrame };

export const THROWN: Completion = { kind: 'throw' };
export const RETURNED: Completion = { kind: 'return' };

/** Which unlabelled jumps end at a statement. */
const ACCEPTS = { loop: ['break', 'continue'], switch: ['break'], label: [] } as const satisfies Record<string, readonly ('break' | 'continue')[]>;

/** A loop, a switch or a labelled statement: what `break` and `continue` aim at. */
export class JumpFrame {
  readonly kind = 'jump';
  readonly break: Completion = { kind: 'break', target: this };
  readonly continue: Completion = { kind: 'continue', target: this };
  broken: Dangling[] = [];
  continued: Dangling[] = [];

  constructor(
    readonly of: keyof typeof ACCEPTS,
    readonly labels: readonly string[],
  ) {}

  /** Whether the jump, without or with a label, means this statement. */
  takes(jump: 'break' | 'continue', label: string | undefined): boolean {
    const unlabelled: readonly string[] = ACCEPTS[this.of];
    return label === undefined ? unlabelled.includes(jump) : this.labels.includes(label);
  }
}

/** A `try` block whose `catch` takes what is thrown. */
export interface CatchFrame {
  readonly kind: 'catch';
  thrown: Dangling[];
}

/** Something that runs whenever control leaves: a `finally` block, the disposal of a `using` declaration. */
export interface FinallyFrame {
  readonly kind: 'finally';
  readonly pending: Map<Completion, Dangling[]>;
  /** Builds what runs, from the frontier on. */
  readonly run: () => void;
}

export type Frame = JumpFrame | CatchFrame | FinallyFrame;

/** Beyond this many copies within copies, a `finally` block is shared by all completions: copies would multiply. */
const DEEPEST_COPY = 3;

/** Builds a body that can be jumped out of. Afterwards the frame holds the edges that did. */
export function withJumps(flow: FlowBuilder, frame: JumpFrame, build: () => void): void {
  flow.frames.push(frame);
  build();
  flow.frames.pop();
}

/** Builds a block under a handler and gives the edges that were thrown to it. */
export function withCatch(flow: FlowBuilder, build: () => void): Dangling[] {
  const frame: CatchFrame = { kind: 'catch', thrown: [] };
  flow.frames.push(frame);
  build();
  flow.frames.pop();
  return frame.thrown;
}

/** From here to `closeFinally`, every way out leads through `run`. */
export function openFinally(flow: FlowBuilder, run: () => void): void {
  flow.frames.push({ kind: 'finally', pending: new Map(), run });
}

/** Closes the frames that were opened since there were `depth` of them, innermost first. */
export function closeFinallys(flow: FlowBuilder, depth: number): void {
  while (flow.frames.length > depth) {
    const frame = flow.frames.pop();
    if (frame?.kind === 'finally') runFinally(flow, frame);
  }
}

/** What waits at a frame goes through it and on as it came: a copy for each completion, or one for all where copies would multiply. */
function runFinally(flow: FlowBuilder, frame: FinallyFrame): void {
  if (flow.copies >= DEEPEST_COPY || flow.short) {
    runShared(flow, frame);
    return;
  }
  flow.copies++;
  flow.frontier = runOnce(flow, frame, flow.take());
  const normal = flow.take();
  for (const [completion, edges] of frame.pending) flow.complete(completion, runOnce(flow, frame, edges));
  flow.frontier = normal;
  flow.copies--;
}

function runOnce(flow: FlowBuilder, frame: FinallyFrame, edges: Dangling[]): Dangling[] {
  flow.frontier = edges;
  if (flow.reachable) frame.run();
  return flow.take();
}

function runShared(flow: FlowBuilder, frame: FinallyFrame): void {
  const normal = flow.take();
  const entering = [...normal];
  for (const edges of frame.pending.values()) entering.push(...edges);
  const before = flow.nodes.length;
  const after = runOnce(flow, frame, entering);
  const transparent = flow.nodes.length === before;
  if (after.length === 0) return;
  for (const [completion, edges] of frame.pending) flow.complete(completion, transparent ? edges : [...after]);
  if (normal.length > 0) flow.frontier = transparent ? normal : after;
}
