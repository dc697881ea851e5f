import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { calleeName, enclosingClass, isFunction, staticName, unwrap, unwrapAwait } from '../../../../src/engine/syntax/nodes';
import { walk } from '../../../../src/engine/syntax/visit';
import { deletionOf } from '../edits';
import { callsIn, clearsOf, ENDED_TWICE, ENDING_METHODS, ENDS_WITH_OWNER, fieldName, GIVEN_TO_CALLER, isLasting, isMaking, isSignalled, isSubscribing, listenerPairs, NO_END, NOT_TOLD, ONLY_LISTENERS, OVER_BY_ITSELF, receiverOf, timerBegun, UNREF, type Pair } from './pair';

/** Methods by which an object comes to its end. */
const END = /^(dispose|destroy|close|stop|end|shutdown|teardown|terminate|unmount|detach|disconnect|deactivate|cleanup|clear$|quit|unload|uninstall|kill|remove$|release|abort|cancel|disable|ondestroy|ngondestroy|onmoduledestroy|onapplicationshutdown|componentwillunmount|disconnectedcallback|onunload|onclose|symbol\.(async)?dispose|domdispose|\$destroy)/i;

type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** What classes begin and end themselves: listeners, intervals, and what they made for their fields. */
export function classPairs(cls: ClassNode, textOf: (node: TSESTree.Node) => string): Pair[] {
  return new ClassPairs(cls, textOf).all();
}

class ClassPairs {
  private readonly calls: readonly TSESTree.CallExpression[];
  private readonly ending: ReadonlySet<TSESTree.Node>;
  private readonly values = new Map<string, TSESTree.Node[]>();

  constructor(
    private readonly cls: ClassNode,
    private readonly textOf: (node: TSESTree.Node) => string,
  ) {
    this.calls = callsIn(cls.body).filter((call) => enclosingClass(call) === cls);
    this.ending = this.endingMembers();
    this.gatherValues();
  }

  all(): Pair[] {
    return [...this.listeners(), ...[...this.values].flatMap(([name, values]) => this.ofField(name, values))];
  }

  private listeners(): Pair[] {
    return listenerPairs(this.calls, this.textOf).map(({ add, target, removals }) => {
      const ended = removals.some((call) => this.isInEnd(call));
      const excluded = isSignalled(add) ? ENDED_TWICE : !ended ? NO_END : this.isOwn(target) ? ENDS_WITH_OWNER : isLasting(target) || this.isInjected(target) ? undefined : NOT_TOLD;
      const resource = calleeName(add) === 'addEventListener' ? 'code.classEventListener' : 'code.classEmitterListener';
      return this.pair(add, resource, removals, excluded);
    });
  }

  private ofField(name: string, values: readonly TSESTree.Node[]): Pair[] {
    const value = values.map(unwrapAwait).find((one) => isMaking(one) || isSubscribing(one) || timerBegun(one) !== undefined);
    if (value === undefined || (value.type !== T.NewExpression && value.type !== T.CallExpression)) return [];
    const timer = timerBegun(value);
    const ends = timer === undefined ? this.endingCalls(name) : clearsOf(this.calls, `this.${name}`, this.textOf);
    if (ends.length === 0) return [];
    const ended = ends.some((call) => this.isInEnd(call));
    if (timer !== undefined) return [this.pair(value, 'code.classInterval', ends, timer === 'timeout' ? OVER_BY_ITSELF : !ended ? NO_END : this.isUnref(name) ? UNREF : undefined)];
    const resource = /Observer$/.test(calleeName(value) ?? '') ? 'code.classObserver' : isSubscribing(value) ? 'code.classSubscription' : 'code.classMember';
    const target = value.type === T.CallExpression && isSubscribing(value) ? receiverOf(value) : undefined;
    const excluded = !ended ? NO_END : /(Emitter|EventTarget|Subject)$/.test(calleeName(value) ?? '') ? ONLY_LISTENERS : target && this.isOwn(target) ? ENDS_WITH_OWNER : this.isCollected(name) ? ENDED_TWICE : this.isGivenByMaker(name, value) ? GIVEN_TO_CALLER : undefined;
    return [this.pair(value, resource, ends, excluded)];
  }

  /** `this.name.unref()`. */
  private isUnref(name: string): boolean {
    return this.calls.some((call) => calleeName(call) === 'unref' && fieldName(receiverOf(call)) === name);
  }

  private pair(acquire: TSESTree.Node, resource: string, ends: readonly TSESTree.CallExpression[], excluded: string | undefined): Pair {
    return { acquire, owner: this.cls, resource, breaks: [{ mutation: 'deleted', edits: ends.map(deletionOf) }], ...(excluded === undefined ? {} : { excluded }) };
  }

  /** `this.name.dispose()`, `this.name()`. */
  private endingCalls(name: string): TSESTree.CallExpression[] {
    return this.calls.filter((call) => (fieldName(receiverOf(call)) === name && ENDING_METHODS.test(calleeName(call) ?? '')) || (fieldName(call.callee) === name && call.arguments.length === 0));
  }

  /** The field itself is given to something that keeps it. */
  private isCollected(name: string): boolean {
    return this.calls.some((call) => /^(push|add|use|adopt|_?register|addDisposable)$/.test(calleeName(call) ?? '') && call.arguments.some((argument) => fieldName(argument) === name));
  }

  /** `create() { this.name = make(); return this.name; }` of a method that others may call. */
  private isGivenByMaker(name: string, value: TSESTree.Node): boolean {
    const member = this.memberAround(value);
    if (member?.type !== T.MethodDefinition || member.kind !== 'method' || member.accessibility === 'private' || member.accessibility === 'protected') return false;
    let given = false;
    walk(member, (node) => {
      if (node.type === T.ReturnStatement && fieldName(node.argument ?? undefined) === name) given = true;
    });
    return given;
  }

  private isOwn(target: TSESTree.Node): boolean {
    const name = fieldName(target);
    if (name !== undefined) return (this.values.get(name) ?? []).some((value) => isMaking(unwrapAwait(value))) || this.endingCalls(name).some((call) => fieldName(call.callee) === undefined);
    let own = target.type === T.ThisExpression;
    walk(this.cls.body, (node) => {
      if (target.type === T.Identifier && node.type === T.VariableDeclarator && node.id.type === T.Identifier && node.id.name === target.name && node.init && isMaking(unwrapAwait(node.init))) own = true;
    });
    return own;
  }

  /** A constructor's parameter gave the field. */
  private isInjected(target: TSESTree.Node): boolean {
    const name = fieldName(target);
    const maker = this.cls.body.body.find((member) => member.type === T.MethodDefinition && member.kind === 'constructor');
    if (name === undefined || maker?.type !== T.MethodDefinition) return false;
    const names = maker.value.params.map((parameter) => (parameter.type === T.TSParameterProperty ? parameter.parameter : parameter)).map((parameter) => (parameter.type === T.AssignmentPattern ? parameter.left : parameter));
    return (
      maker.value.params.some((parameter, index) => parameter.type === T.TSParameterProperty && names[index]?.type === T.Identifier && names[index].name === name) ||
      (this.values.get(name) ?? []).some((value) => value.type === T.Identifier && names.some((parameter) => parameter.type === T.Identifier && parameter.name === value.name))
    );
  }

  private isInEnd(node: TSESTree.Node): boolean {
    const member = this.memberAround(node);
    return member !== undefined && this.ending.has(member);
  }

  private memberAround(node: TSESTree.Node): TSESTree.Node | undefined {
    for (let at: TSESTree.Node | undefined = node; at !== undefined; at = at.parent) if (at.parent === this.cls.body) return at;
    return undefined;
  }

  /** The members by whose names the object ends, and those that they call. */
  private endingMembers(): Set<TSESTree.Node> {
    const named = new Map<string, TSESTree.Node>();
    for (const member of this.cls.body.body) if (member.type === T.MethodDefinition || (member.type === T.PropertyDefinition && isFunction(member.value))) named.set(staticName(member) ?? '', member);
    const found = new Set([...named].flatMap(([name, member]) => (END.test(name.replace(/^[_#]+/, '')) ? [member] : [])));
    for (const member of found) {
      for (const call of this.calls) {
        const called = named.get(fieldName(call.callee) ?? '');
        if (called && this.memberAround(call) === member) found.add(called);
      }
    }
    return found;
  }

  private gatherValues(): void {
    const add = (name: string | undefined, value: TSESTree.Node): void => {
      if (name !== undefined) this.values.set(name, [...(this.values.get(name) ?? []), unwrap(value)]);
    };
    for (const member of this.cls.body.body) if (member.type === T.PropertyDefinition && !member.static && member.value) add(staticName(member), member.value);
    walk(this.cls.body, (node) => {
      if (node.type === T.AssignmentExpression && enclosingClass(node) === this.cls) add(fieldName(node.left), node.right);
    });
  }
}
