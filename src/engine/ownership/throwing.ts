import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { gradeThrow } from '../flow/grade';
import { gradePromise } from '../flow/grade-promise';
import type { FlowEdge, FlowNode } from '../flow/graph';
import { calleeName, isFunction, rootOf, unwrap, wrapped } from '../syntax/nodes';
import type { Context } from './context';
import type { Endings } from './ending';
import { answerAtEnd, endingsOf } from './ending';
import { isHarmless } from './harmless';
import { opensHeld } from './opening';
import type { Place } from './place';
import { placeOf } from './place';
import { FLUENT_METHODS } from './sinks';
import type { AcquireSite } from './site';

/** Which errors a search follows while the resource is held. */
export type FollowedThrows = 'none' | 'likely' | 'all';

/** Methods without arguments that tell what an object knows of itself. Where one gives a promise instead, it fails at its `await`. */
const TELLING = /^((is|has|was)[A-Z]\w*|version|url|address|name|toString|listenerCount|eventNames|getMaxListeners)$/;

/** Which nodes fail, as far as a search goes by that, while a resource is held that these places hold. */
export class Throwing {
  /** Many states come to the same node. */
  private readonly known = new Map<FlowNode, boolean>();

  private readonly waits = new Map<FlowNode, Endings>();

  /** By the node that asks: the answer by which what is held is over, if there is one. */
  private readonly answers = new Map<FlowNode, boolean | undefined>();

  constructor(
    private readonly followed: FollowedThrows,
    private readonly site: AcquireSite,
    private readonly places: readonly Place[],
    private readonly ctx: Context,
  ) {}

  /** The node's error is one to follow. */
  counts(node: FlowNode): boolean {
    if (this.followed === 'none') return false;
    let counts = this.known.get(node);
    if (counts === undefined) this.known.set(node, (counts = this.mayThrow(node)));
    return counts;
  }

  /** The node asks whether what is held is over, and this is the answer when it is. */
  isOver(node: FlowNode, answer: FlowEdge['kind']): boolean {
    if (node.kind !== 'test' || (answer !== 'true' && answer !== 'false')) return false;
    if (!this.answers.has(node)) this.answers.set(node, answerAtEnd(node.ast, this.site.resource, (object) => this.isHeld(object), this.ctx));
    return this.answers.get(node) === (answer === 'true');
  }

  /** The node waits for a promise that is fulfilled when what is held is over, and not before. */
  outlastsHeld(node: FlowNode): boolean {
    return node.kind === 'await' && this.endings(node).fulfilled;
  }

  /** The promise whose `then` is called may reject, and that counts. */
  rejects(node: FlowNode): boolean {
    if (this.followed === 'none') return false;
    const { ast } = node;
    if (ast.type !== T.CallExpression || ast.callee.type !== T.MemberExpression) return false;
    return !this.opensHeld({ ...node, ast: ast.callee.object }) && gradePromise(ast.callee.object, this.ctx.throwKnowledge) === 'likely';
  }

  private mayThrow(node: FlowNode): boolean {
    if (isHarmless(node, this.site, this.ctx) || this.opensHeld(node) || this.isQuiet(node)) return false;
    if (node.kind === 'await' && this.endings(node).rejected) return false;
    const grade = this.runsGivenWork(node) ? 'likely' : gradeThrow(node, this.ctx.throwKnowledge);
    return grade === 'likely' || (grade === 'unlikely' && this.followed === 'all' && !standsInFinally(node.ast));
  }

  /**
   * `const result = operation()`, of a parameter: whoever guards against errors at all guards against those of work that he was given. One whose
   * result nobody looks at may be a mere notice; what a callback is given, or is taken from an object, are tools rather.
   */
  private runsGivenWork({ kind, ast }: FlowNode): boolean {
    if (kind !== 'call' || ast.type !== T.CallExpression || ast.callee.type !== T.Identifier || wrapped(ast).parent?.type === T.ExpressionStatement) return false;
    const root = rootOf(ast);
    const definition = this.ctx.bindings.variableOf(ast.callee)?.defs[0];
    const isNamed = isFunction(root) && (root.type === T.FunctionDeclaration || root.parent.type === T.MethodDefinition || this.ctx.bindings.nameOf(root) !== undefined);
    return isNamed && definition?.type === 'Parameter' && definition.node === root && root.params.some((parameter) => parameter === definition.name);
  }

  /** `await client.connect()` on what is held: when that fails there is nothing open yet. */
  private opensHeld(node: FlowNode): boolean {
    return opensHeld(this.ctx.awaited(node.ast), (object) => this.isHeld(object), this.ctx);
  }

  /** A method of what is held that reports elsewhere what goes wrong in it, or that only tells what the object knows of itself. */
  private isQuiet({ ast }: FlowNode): boolean {
    // `await stream.write(text)` waits for a boolean.
    const call = this.ctx.awaited(ast);
    if (call.type !== T.CallExpression || call.callee.type !== T.MemberExpression || !this.isHeld(call.callee.object)) return false;
    const name = calleeName(call) ?? '';
    const tells = call === ast && call.arguments.length === 0 && TELLING.test(name);
    return tells || this.ctx.models.isQuietMethod(this.site.resource, name);
  }

  private endings(node: FlowNode): Endings {
    let endings = this.waits.get(node);
    if (endings === undefined) this.waits.set(node, (endings = endingsOf(this.ctx.awaited(node.ast), this.site.resource, (object) => this.isHeld(object), this.ctx)));
    return endings;
  }

  private isHeld(object: TSESTree.Node): boolean {
    const node = unwrap(object);
    if (node === this.site.call) return true;
    // `create().on('error', log).connect()`
    if (node.type === T.CallExpression && node.callee.type === T.MemberExpression && FLUENT_METHODS.has(calleeName(node) ?? '')) return this.isHeld(node.callee.object);
    const place = placeOf(node, this.ctx.bindings);
    return place !== undefined && this.places.some((held) => held.key === place.key);
  }
}

/** What stands in a `finally` before a release is cleanup too: only what commonly fails keeps it from the rest. */
function standsInFinally(node: TSESTree.Node): boolean {
  for (let at = node; at.parent !== undefined && !isFunction(at); at = at.parent) if (at.parent.type === T.TryStatement && at.parent.finalizer === at) return true;
  return false;
}
