import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Variable } from '@typescript-eslint/scope-manager';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import type { FunctionNode } from '../syntax/nodes';
import { calleeName, isFunction, lastName, rootOf, staticName, unwrap, within } from '../syntax/nodes';
import { walk } from '../syntax/visit';
import type { Holding } from './held';

/** A way in which a promise that a function makes by hand is settled. */
export interface Outcome {
  /** The call of `resolve` or `reject`, or where one of them is given away to be called. */
  readonly at: TSESTree.Node;
  /** What a call on the way there releases. */
  readonly releases: ReadonlySet<Holding>;
  /** What owes nothing there: it is over by itself, or not held yet. */
  readonly over: ReadonlySet<Holding>;
}

type Way = Pick<Outcome, 'releases' | 'over'>;

/**
 * The outcomes of a promise whose `resolve` and `reject` are known, and what each of them releases. Undefined when one of the two goes
 * where it cannot be followed: then there are outcomes that nobody sees.
 */
export function outcomesOf<H extends Holding>(scope: FunctionNode, settlers: readonly Variable[], held: readonly H[], ctx: Context): { outcomes: readonly Outcome[]; held: readonly H[] } | undefined {
  const settling = new Settling(scope, settlers, held, ctx);
  const outcomes = settling.outcomes();
  return outcomes && { outcomes, held: held.filter((one) => settling.isFollowed(one)) };
}

class Settling {
  /** Which functions of the scope release what, and where in their own code. */
  private readonly released = new Map<TSESTree.Node, Map<Holding, TSESTree.CallExpression[]>>();

  private readonly unseen = new Set<Holding>();

  constructor(
    private readonly scope: FunctionNode,
    private readonly settlers: readonly Variable[],
    private readonly held: readonly Holding[],
    private readonly ctx: Context,
  ) {
    this.findReleases();
  }

  /** What is released in a way that cannot be followed, or on an event that always comes, is left alone. */
  isFollowed(held: Holding): boolean {
    return !this.unseen.has(held);
  }

  outcomes(): Outcome[] | undefined {
    const outcomes: Outcome[] = [];
    for (const settler of this.settlers) {
      for (const { identifier } of settler.references) {
        const found = this.outcomeAt(identifier);
        if (found === undefined) return undefined;
        outcomes.push(...found);
      }
    }
    return outcomes;
  }

  private outcomeAt(settler: TSESTree.Node): Outcome[] | undefined {
    const [landing, ...more] = landingsOf(settler);
    if (landing === undefined || more.length > 0) return undefined;
    if (landing.to === 'called') return this.reached(landing.call, new Set());
    if (landing.to === 'looked-at') return [];
    // `promise.then(resolve, reject)`, `child.once('error', reject)`, `setTimeout(reject, 100)`
    if (landing.to === 'argument' && landing.path.length === 0 && isHandler(landing.call)) return [{ at: settler, ...this.around(settler, 'given') }];
    return undefined;
  }

  /** The ways to a piece of code: where it stands, or, in a function of the scope known by name, where that is called and given away. */
  private reached(at: TSESTree.Node, seen: Set<TSESTree.Node>): Outcome[] | undefined {
    const here = this.around(at, 'run');
    const fn = rootOf(at);
    const name = isFunction(fn) && fn !== this.scope ? this.ctx.bindings.nameOf(fn) : undefined;
    if (name === undefined || seen.has(fn)) return [{ at, ...here }];
    seen.add(fn);
    const outcomes: Outcome[] = [];
    for (const reference of name.references) {
      if (!reference.isRead() || within(reference.identifier, fn)) continue;
      const landings = landingsOf(reference.identifier);
      for (const landing of landings) {
        if (landing.to === 'looked-at') continue;
        const there = landing.to === 'called' ? this.reached(landing.call, seen) : landing.to === 'argument' ? [{ at: reference.identifier, ...this.around(reference.identifier, 'given') }] : undefined;
        if (there === undefined) return undefined;
        // The outcome is where the promise is settled; how one gets there says what was released on the way.
        outcomes.push(...there.map((way) => ({ at: landing.to === 'argument' ? at : way.at, releases: new Set([...here.releases, ...way.releases]), over: new Set([...here.over, ...way.over]) })));
      }
    }
    seen.delete(fn);
    return outcomes;
  }

  /** What the functions around a node release, up to the scope, and what owes nothing there. */
  private around(at: TSESTree.Node, how: 'run' | 'given'): Way {
    const releases = new Set<Holding>();
    const over = new Set<Holding>();
    for (let node: TSESTree.Node | undefined = at; node !== undefined && node !== this.scope.parent; node = node.parent) {
      // The scope has run its own code before any callback comes.
      if (node !== this.scope || (how === 'run' && rootOf(at) === this.scope)) for (const [held, places] of this.released.get(node) ?? []) if (node !== rootOf(at) || !places.every((place) => skips(at, place, held))) releases.add(held);
      // A timeout that has come is over; so is a listener that was for one event.
      for (const held of this.held) if (held.endsIn.some((ending) => node === ending || (isFunction(node) && this.ctx.bindings.functionOf(ending) === node))) over.add(held);
    }
    // What runs before something is held owes nothing for it; what is only given away then may run later.
    if (how === 'run') for (const held of this.held) if (rootOf(at) === rootOf(held.call) && at.range[0] < held.call.range[0]) over.add(held);
    for (const held of this.held) if (excludes(at, held.call) || isWithout(at, held)) over.add(held);
    return { releases, over };
  }

  /** The function is the scope, has a name in it, or is given to something on the spot, but not to what always comes. */
  private runsWhereSeen(fn: TSESTree.Node): boolean {
    if (fn === this.scope) return true;
    if (!isFunction(fn)) return false;
    if (this.ctx.bindings.nameOf(fn) !== undefined) return true;
    const { parent } = fn;
    // `socket.onmessage = () => { ... }`
    if (parent.type === T.AssignmentExpression && parent.left.type === T.MemberExpression) return /^on(?!close|exit|disconnect|dispose)[a-z]+$/.test(staticName(parent.left) ?? '');
    // `this.pending.set(id, { resolve: (value) => { ... } })`: one of the settlers that others are given by name.
    if (parent.type === T.Property && parent.value === fn) return this.settles(fn);
    if (parent.type !== T.CallExpression || parent.callee === fn) return false;
    if (calleeName(parent) === 'finally' || this.isErrorFirst(fn, parent)) return false;
    // A timeout that nobody keeps comes.
    if (calleeName(parent) === 'setTimeout' && parent.arguments[0] === fn && parent.parent.type === T.ExpressionStatement) return false;
    const [event] = parent.arguments;
    return event?.type !== T.Literal || !/^(close|exit|disconnect|dispose)/.test(String(event.value));
  }

  private settles(fn: FunctionNode): boolean {
    return this.settlers.some((settler) => settler.references.some(({ identifier }) => within(identifier, fn) && identifier.parent.type === T.CallExpression && identifier.parent.callee === identifier));
  }

  /** `exec(command, (error, output) => ...)`: the one callback by which a call tells how it ended, whatever was done to hurry it. */
  private isErrorFirst(fn: FunctionNode, call: TSESTree.CallExpression): boolean {
    const [first] = fn.params;
    if (call.arguments.at(-1) !== fn || call.arguments.length < 2 || isHandler(call) || first?.type !== T.Identifier) return false;
    return this.ctx.bindings.variableOf(first)?.references.some(({ identifier }) => {
      const { parent } = identifier;
      const settler = parent.type === T.CallExpression && parent.callee !== identifier ? this.ctx.bindings.variableOf(parent.callee) : undefined;
      return settler !== undefined && this.settlers.includes(settler);
    }) ?? false;
  }

  private isNoted(node: TSESTree.CallExpression, held: Holding): boolean {
    return this.released.get(rootOf(node))?.get(held)?.includes(node) ?? false;
  }

  private findReleases(): void {
    const note = (node: TSESTree.CallExpression, held: Holding): boolean => {
      const fn = rootOf(node);
      const known = this.released.get(fn) ?? new Map<Holding, TSESTree.CallExpression[]>();
      const places = known.get(held) ?? [];
      this.released.set(fn, known.set(held, [...places, node]));
      return places.length === 0;
    };
    const calls: TSESTree.CallExpression[] = [];
    walk(this.scope, (node) => {
      if (node.type === T.CallExpression) calls.push(node);
    });
    for (const call of calls) {
      for (const held of this.held) {
        if (!held.isReleasedBy(call)) continue;
        note(call, held);
        if (!this.runsWhereSeen(rootOf(call))) this.unseen.add(held);
      }
    }
    // Functions that call those, and so on.
    for (let changed = true; changed; ) {
      changed = false;
      for (const call of calls) {
        const helper = this.ctx.bindings.functionOf(call.callee);
        if (helper === undefined || !within(helper, this.scope) || helper === this.scope) continue;
        for (const held of this.released.get(helper)?.keys() ?? []) if (!this.isNoted(call, held) && note(call, held)) changed = true;
      }
    }
  }
}

/** Something calls what it is given here, sooner or later, once or more. */
function isHandler(call: TSESTree.Node): boolean {
  if (call.type !== T.CallExpression) return false;
  const name = lastName(unwrap(call.callee));
  return name !== undefined && /^(then|catch|finally|on|once|addListener|addEventListener|setTimeout|setImmediate|queueMicrotask|nextTick|subscribe|on[A-Z]\w*)$/.test(calleeName(call) ?? name);
}

/** `if (child) ... else reject(error)`: the other branch of a question whether it is there. */
function isWithout(at: TSESTree.Node, { name }: Holding): boolean {
  for (let node: TSESTree.Node = at; node.parent !== undefined; node = node.parent) {
    const { parent } = node;
    if (parent.type !== T.IfStatement || node === parent.test) continue;
    const test = unwrap(parent.test);
    const asked = test.type === T.UnaryExpression && test.operator === '!' ? unwrap(test.argument) : test;
    if (asked.type === T.Identifier && asked.name === name && node === (asked === test ? parent.alternate : parent.consequent)) return true;
  }
  return false;
}

/**
 * `if (error) { reject(error); return; }` before the release, or the other branch of it: whoever settles there does not come to the release.
 * A condition on what is held may ask whether there is anything to release.
 */
function skips(at: TSESTree.Node, release: TSESTree.CallExpression, { name }: Holding): boolean {
  for (let node: TSESTree.Node = at; node.parent !== undefined && !isFunction(node); node = node.parent) {
    const { parent } = node;
    if (parent.type !== T.IfStatement || node === parent.test) continue;
    const left = within(release, parent) ? !within(release, node) && !within(release, parent.test) : parent.range[1] <= release.range[0] && leaves(node);
    if (left) return !namesIn(parent.test).some((named) => named === name || namesIn(release.callee).includes(named));
  }
  return false;
}

function namesIn(expression: TSESTree.Node): string[] {
  const names: string[] = [];
  walk(expression, (node) => {
    if (node.type === T.Identifier) names.push(node.name);
  });
  return names;
}

/** Where the one runs the other does not: they stand in different branches, or the first in a branch that is left before the other. */
function excludes(at: TSESTree.Node, begin: TSESTree.Node): boolean {
  for (let node: TSESTree.Node = at; node.parent !== undefined; node = node.parent) {
    const { parent } = node;
    // `try { child = spawn(...); } catch { ... }`: what failed was the beginning.
    if (parent.type === T.TryStatement && node === parent.handler && within(begin, parent.block.body.at(-1) ?? parent.block)) return true;
    if (parent.type !== T.IfStatement && parent.type !== T.ConditionalExpression) continue;
    if (node === parent.test) continue;
    if (within(begin, parent)) return !within(begin, node) && !within(begin, parent.test);
    if (parent.type === T.IfStatement && parent.range[1] <= begin.range[0] && leaves(node)) return true;
  }
  return false;
}

function leaves(branch: TSESTree.Node): boolean {
  const last = branch.type === T.BlockStatement ? branch.body.at(-1) : branch;
  return last?.type === T.ReturnStatement || last?.type === T.ThrowStatement;
}
