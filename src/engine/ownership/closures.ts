import type { Variable } from '@typescript-eslint/scope-manager';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { FlowRoot } from '../flow/graph';
import { REGISTRATIONS } from '../flow/registrations';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import { calleeName, closureAround, rootOf, within, wrapped } from '../syntax/nodes';
import type { Context } from './context';
import type { Effect, EffectKind } from './effect';
import type { Landing } from './landing';
import { landingsOf } from './landing';
import { isWaitedFor } from './lending';

type Deed = Extract<EffectKind, 'release' | 'transfer' | 'unknown'>;

/** The call has run its callbacks when it is over. */
type IsDone = (call: CallNode) => boolean;

const DEEDS: readonly Deed[] = ['release', 'transfer', 'unknown'];

/**
 * What nested functions do to an obligation of the function around them, and so what that one does by calling them or giving them
 * away. Merely capturing a resource does nothing to it; a closure that releases it carries the obligation to wherever it goes.
 */
export class Closures {
  private readonly deeds = new Map<FunctionNode, Deed>();
  private readonly pending: FunctionNode[] = [];
  /** Releases in the code of a closure itself, not in functions inside of it. */
  private readonly own = new Map<FunctionNode, Effect>();

  constructor(
    readonly root: FlowRoot,
    private readonly ctx: Context,
  ) {}

  /** The outermost function of the root that the node stands in; undefined for the root's own code and for code elsewhere. */
  around(node: TSESTree.Node): FunctionNode | undefined {
    return within(node, this.root) ? closureAround(node, this.root) : undefined;
  }

  /** Notes what a piece of a closure does when it runs. */
  note(closure: FunctionNode, effect: Effect): void {
    if (effect.kind === 'alias') return;
    if (effect.kind === 'release' && rootOf(effect.at) === closure) this.own.set(closure, effect);
    if (effect.kind === 'transfer' && effect.how !== 'returned') this.does(closure, 'transfer');
    else if (effect.kind === 'release' || effect.kind === 'wrong') this.does(closure, 'release');
    else this.does(closure, 'unknown');
  }

  /** What the noted closures do to the obligation where they are called or go. */
  effects(): Effect[] {
    const effects: Effect[] = [];
    for (let closure = this.pending.pop(); closure !== undefined; closure = this.pending.pop()) {
      const deed = this.deeds.get(closure);
      if (deed !== undefined) effects.push(...this.follow(closure, deed));
    }
    return effects;
  }

  /** The variables under which noted closures are called that release. */
  releasers(): Variable[] {
    return [...this.deeds].flatMap(([closure, deed]) => (deed === 'release' ? (this.ctx.bindings.nameOf(closure) ?? []) : []));
  }

  /** A variable that holds a function which does this to the obligation: what the root does with it. */
  carry(variable: Variable, deed: Deed): Effect[] {
    return this.followVariable(variable, undefined, deed);
  }

  /** The closure goes somewhere from where it may be called later: not just called here, or run at once by an array's method. */
  escapes(closure: FunctionNode): boolean {
    return this.goesOut(closure, (call) => runsNow(call));
  }

  /** As `escapes`; what is given to a function that is awaited, and keeps nothing by its name, is taken to have run by then. */
  livesOn(closure: FunctionNode): boolean {
    return this.goesOut(closure, (call) => runsNow(call) || isWaitedFor(call, this.ctx));
  }

  private goesOut(closure: FunctionNode, isDone: IsDone): boolean {
    if (closure.type !== T.FunctionDeclaration) return landingsOf(closure).some((landing) => this.leaves(landing, closure, isDone));
    const variable = closure.id ? this.ctx.bindings.variableOf(closure.id) : undefined;
    return variable === undefined || this.variableLeaves(variable, closure, isDone);
  }

  private leaves(landing: Landing, closure: FunctionNode, isDone: IsDone): boolean {
    if (landing.to === 'called' || landing.to === 'looked-at' || landing.to === 'nothing') return false;
    if (landing.to === 'variable') {
      const variable = this.ctx.bindings.variableOf(landing.id);
      return variable === undefined || landing.path.length > 0 || this.variableLeaves(variable, closure, isDone);
    }
    return !(landing.to === 'argument' && landing.path.length === 0 && isDone(landing.call));
  }

  private variableLeaves(variable: Variable, closure: FunctionNode, isDone: IsDone): boolean {
    return variable.references.some((reference) => {
      if (!reference.isRead() || within(reference.identifier, closure)) return false;
      return landingsOf(reference.identifier).some((landing) => landing.to !== 'variable' && this.leaves(landing, closure, isDone));
    });
  }

  private does(closure: FunctionNode, deed: Deed): void {
    const before = this.deeds.get(closure);
    if (before !== undefined && DEEDS.indexOf(before) <= DEEDS.indexOf(deed)) return;
    this.deeds.set(closure, deed);
    this.pending.push(closure);
  }

  private follow(closure: FunctionNode, deed: Deed): Effect[] {
    if (closure.type === T.FunctionDeclaration) {
      const variable = closure.id ? this.ctx.bindings.variableOf(closure.id) : undefined;
      return variable ? this.followVariable(variable, closure, deed) : [];
    }
    return landingsOf(closure).flatMap((landing) => this.land(landing, closure, deed));
  }

  private followVariable(variable: Variable, closure: FunctionNode | undefined, deed: Deed): Effect[] {
    return variable.references.flatMap((reference) => {
      const { identifier } = reference;
      if (!reference.isRead() || (closure !== undefined && within(identifier, closure))) return [];
      if (rootOf(identifier) === this.root) return landingsOf(identifier).flatMap((landing) => this.land(landing, closure, deed));
      const other = this.around(identifier);
      if (other) this.does(other, deed);
      return [];
    });
  }

  private land(landing: Landing, closure: FunctionNode | undefined, deed: Deed): Effect[] {
    const given: EffectKind = deed === 'unknown' ? 'unknown' : 'transfer';
    const give = (at: TSESTree.Node): Effect[] => [{ kind: given, how: 'captured', at, from: '*', ...(deed === 'release' ? { releases: true } : {}) }];
    switch (landing.to) {
      case 'called':
        return [{ kind: deed, at: landing.call, from: '*', call: landing.call, ...(deed === 'transfer' ? { how: 'captured' as const } : {}) }];
      case 'variable': {
        const variable = this.ctx.bindings.variableOf(landing.id);
        if (variable === undefined || rootOf(landing.id) !== this.root || !within(variable.scope.block, this.root)) return give(landing.at);
        return landing.path.length > 0 ? this.followContainer(variable, closure, deed) : this.followVariable(variable, closure, deed);
      }
      case 'argument': {
        // `await new Promise((done) => server.close(done))` closes here and now.
        const own = closure && landing.call.type === T.NewExpression && runsNow(landing.call) ? this.own.get(closure) : undefined;
        if (own) return [{ ...own, at: landing.call, call: landing.call }];
        if (closure !== undefined && deed === 'release' && landing.path.length === 0) return [this.handTo(landing.call, landing.index, closure)];
        return give(landing.call).map((effect) => (deed === 'unknown' && landing.path.length === 0 && isWaitedFor(landing.call, this.ctx) ? { ...effect, lent: true } : effect));
      }
      case 'method':
        return give(landing.call);
      case 'member':
        return give(landing.member);
      case 'property':
      case 'return':
      case 'yield':
      case 'kept':
      case 'iterate':
      case 'pattern':
        return give(landing.at);
      case 'looked-at':
      case 'nothing':
        return [];
    }
  }

  /** A callback that releases: given to `then` it misses a rejection, given last to a function in Node's manner it runs once. */
  private handTo(call: CallNode, index: number, closure: FunctionNode): Effect {
    const given = { at: call, from: '*', call, releases: true } as const;
    if (call.type === T.CallExpression && call.callee.type === T.MemberExpression) {
      const name = calleeName(call);
      if (name === 'then' && index === 0 && !this.handlesRejection(call)) return { ...given, kind: 'fulfilled' };
      // To end something early when a signal says so is no sign that it has to be ended otherwise.
      const [event] = call.arguments;
      if (event?.type === T.Literal && event.value === 'abort') return { at: call, from: '*', call, kind: 'transfer', how: 'captured' };
      if (name === 'on' || name === 'once' || name === 'addListener' || name === 'addEventListener') return { ...given, kind: 'transfer', how: 'captured' };
    }
    const [first] = closure.params;
    const errorFirst = index === call.arguments.length - 1 && first?.type === T.Identifier && (/^_?(e|er|err|error|ex|exception)\d?$/i.test(first.name) || this.isAskedFirst(first, closure));
    return { ...given, kind: 'transfer', how: 'captured', ...(errorFirst ? { inside: closure } : {}) };
  }

  /** The callback begins with the question whether its first parameter is there, as it does for an error. */
  private isAskedFirst(parameter: TSESTree.Identifier, callback: FunctionNode): boolean {
    const [statement] = callback.body?.type === T.BlockStatement ? callback.body.body : [];
    return statement?.type === T.IfStatement && statement.test.type === T.Identifier && this.ctx.bindings.variableOf(statement.test) === this.ctx.bindings.variableOf(parameter);
  }

  /** Some handler of the rejection does its part, or the promise is awaited where others may do it. */
  private handlesRejection(then: TSESTree.CallExpression): boolean {
    if (this.doesItsPart(then.arguments[1])) return true;
    let promise: TSESTree.Node = then;
    for (;;) {
      const member: TSESTree.Node | undefined = wrapped(promise).parent;
      if (member?.type === T.AwaitExpression) return true;
      if (member?.type !== T.MemberExpression || member.parent.type !== T.CallExpression || member.parent.callee !== member) break;
      promise = member.parent;
      const [first, second] = member.parent.arguments;
      const name = calleeName(member.parent);
      if ((name === 'catch' || name === 'finally') && this.doesItsPart(first)) return true;
      if (name === 'then' && this.doesItsPart(second)) return true;
    }
    // Kept in a variable, or passed on: somebody may handle it later.
    return landingsOf(promise).some((landing) => landing.to !== 'return' && landing.to !== 'nothing');
  }

  private doesItsPart(handler: TSESTree.Node | undefined): boolean {
    if (handler === undefined) return false;
    const fn = this.ctx.bindings.functionOf(handler);
    return fn === undefined || this.deeds.has(fn);
  }

  /** An object that carries the closure as a method: wherever the object goes or that method is called. */
  private followContainer(variable: Variable, closure: FunctionNode | undefined, deed: Deed): Effect[] {
    return variable.references.flatMap((reference) => {
      if (!reference.isRead() || (closure !== undefined && within(reference.identifier, closure))) return [];
      if (rootOf(reference.identifier) !== this.root) {
        const other = this.around(reference.identifier);
        if (other) this.does(other, deed);
        return [];
      }
      return landingsOf(reference.identifier).flatMap((landing) => {
        if (landing.to === 'method') return [{ kind: deed, at: landing.call, from: '*', call: landing.call } satisfies Effect];
        return this.land(landing, closure, deed);
      });
    });
  }
}

/** The call runs its callback before it returns: array methods, a promise's executor. */
function runsNow(call: CallNode): boolean {
  const name = calleeName(call) ?? '';
  return REGISTRATIONS.some((one) => Array.isArray(one.at) && one.at.includes('now') && one.names.includes(name));
}
