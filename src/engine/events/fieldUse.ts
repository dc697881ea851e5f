import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import type { Landing } from '../ownership/landing';
import { landingsOf } from '../ownership/landing';
import { KEEPING_METHODS } from '../ownership/sinks';
import { releasesByName, wordsOf } from '../resources/ownedNames';
import { calleeName, isCall, isFunction, rootOf, staticName, unwrapAwait, within } from '../syntax/nodes';
import { isNothing } from '../syntax/values';
import { isInConstructor } from './dropped';
import { isEditors } from './emitters';
import type { ClassFacts } from './owners';
import { isCollected } from './subscribing';

/** How much may be done with a field's value before it counts as somebody else's to end. */
export interface Leave {
  /** The value's own ends are known, and what else one calls on it ends nothing: `closeIdleConnections()`. `outside`: but in what ends the class, anything that sounds like an end is believed. */
  readonly exact: 'everywhere' | 'outside' | 'nowhere';
  /** Whoever is given it as an argument of a call only uses it. */
  readonly lends: boolean;
  /** Putting nothing in its place does not end it, wherever that is done: what it is registered with keeps it, or it has to be released. */
  readonly lasts?: boolean;
  /** The methods by which alone it ends, where that is known: the editor's `clear` and `delete` empty a collection. */
  readonly ends?: ReadonlySet<string>;
}

/** No mention of the field ends its value or lets anybody else have it; but for ending the old value to put a new one there. */
export function isForgotten(name: string, { members, taken, disposing }: ClassFacts, leave: Leave, ctx: Context): boolean {
  if (taken.has(name) || taken.has('*')) return false;
  const mentions = members.get(name) ?? [];
  // `this.child.unref()`: it is left to itself on purpose.
  if (mentions.some((member) => landingsOf(member).some((use) => use.to === 'method' && use.name === 'unref'))) return false;
  return mentions.every((member) => {
    // What is let go of where nothing is ended is over by itself: `drag.start().then(() => { this.drag = null; })`.
    if (leave.lasts !== true && member.parent.type === T.AssignmentExpression && member.parent.left === member && isNothing(member.parent.right) && !isIn(member, disposing) && !isInConstructor(member) && !isInListener(member)) return false;
    // `this._register(this.x = ...)` gives it away at once; `if (this.x) this.x = undefined` in the end lets it go as it is.
    if (member.parent.type === T.AssignmentExpression && member.parent.left === member) return member.parent.parent.type === T.ExpressionStatement && (!isIn(member, disposing) || isNothing(member.parent.right));
    if (isCollected(member)) return false;
    const use = new Use(name, member, members, leave, ctx);
    return isIn(member, disposing) ? use.staysAtEnd(member) : use.stays(member);
  });
}

/** `panel.onDidDispose(() => { this.panel = undefined; })`: somebody ended it. */
function isInListener(node: TSESTree.Node): boolean {
  const { parent } = rootOf(node);
  return parent?.type === T.CallExpression && /^(on|once|on[A-Z]\w*|add\w*Listener|subscribe)$/.test(calleeName(parent) ?? '');
}

function isIn(node: TSESTree.Node, methods: ReadonlySet<TSESTree.Node>): boolean {
  return [...methods].some((method) => within(node, method));
}

/** What follows of one mention of a field. */
class Use {
  constructor(
    private readonly name: string,
    private readonly member: TSESTree.MemberExpression,
    private readonly members: ClassFacts['members'],
    private readonly leave: Leave,
    private readonly ctx: Context,
  ) {}

  /** The value stays with the class, unended. */
  stays(value: TSESTree.Node, depth = 2): boolean {
    return landingsOf(value).every((landing) => {
      switch (landing.to) {
        case 'looked-at':
        case 'nothing':
        case 'member':
          return true;
        case 'pattern':
          return isOfMembers(landing);
        case 'method':
          return !this.isEnd(landing, this.leave.exact !== 'nowhere') || this.isReplaced();
        case 'variable':
          return depth > 0 && this.staysInVariable(landing, depth);
        case 'argument':
          return isGivenToEditor(landing, this.ctx) || (landing.path.length === 0 && !landing.spread && this.ctx.lends(landing.call, landing.index)) || (this.leave.lends && isLent(landing));
        case 'property':
          return this.leave.lends && isOfThis(landing.target.object);
        case 'return':
          return landing.path.length === 0 && isInGetter(landing.at);
        default:
          return false;
      }
    });
  }

  /** In what ends the class: the value is looked at, or listeners are taken off it, and nothing that may end it is done. */
  staysAtEnd(value: TSESTree.Node): boolean {
    if (this.leave.exact === 'nowhere') return landingsOf(value).every(({ to }) => to === 'looked-at');
    return landingsOf(value).every((landing) => {
      switch (landing.to) {
        case 'looked-at':
        case 'nothing':
          return true;
        case 'member':
          return isTold(landing) || this.staysAtEnd(landing.member);
        case 'method':
          if (isListening(landing.name)) return true;
          return this.leave.exact !== 'nowhere' && !TELLING.test(landing.name) && !this.isEnd(landing, this.leave.exact === 'everywhere');
        case 'variable':
          return value !== this.member && landing.path.length === 0;
        default:
          return false;
      }
    });
  }

  private staysInVariable(landing: Extract<Landing, { to: 'variable' }>, depth: number): boolean {
    const variable = landing.path.length === 0 && !landing.using ? this.ctx.bindings.variableOf(landing.id) : undefined;
    return variable !== undefined && this.ctx.bindings.writesOf(variable).length === 1 && variable.references.every((reference) => !reference.isRead() || (!isCollected(reference.identifier) && this.stays(reference.identifier, depth - 1)));
  }

  private isEnd({ name }: Extract<Landing, { to: 'method' }>, exact: boolean): boolean {
    if (exact && this.leave.ends !== undefined) return this.leave.ends.has(name);
    return releasesByName(name) && !isListening(name) && (!exact || wordsOf(name).slice(1).every((word) => MANNER.has(word)));
  }

  /** The method that ends the value puts a new one there. */
  private isReplaced(): boolean {
    // A callback that ends the value, `super(() => this.x.dispose())`, runs at another time than what makes it.
    const method = rootOf(this.member);
    return (this.members.get(this.name) ?? []).some((other) => {
      const { parent } = other;
      return parent.type === T.AssignmentExpression && parent.left === other && isFunction(method) && within(other, method) && isCall(unwrapAwait(parent.right));
    });
  }
}

/** A plain member is given back or looked at. Whom it is handed to may end the value by it: `kill(child.pid)`. */
function isTold({ name, member }: Extract<Landing, { to: 'member' }>): boolean {
  return PLAIN.test(name ?? '') && landingsOf(member).every(({ to }) => to === 'return' || to === 'looked-at' || to === 'nothing');
}

/** Members that tell something of the value. */
const PLAIN = /^(pid|id|name|title|type|kind|size|length|path|port|url|state|status|readyState|connected|killed|closed|destroyed|ended|exitCode|(is|has)[A-Z]\w*)$/;

/** `get channel() { return (this.made ??= create()); }`: what a property shows is still the object's. */
function isInGetter(node: TSESTree.Node): boolean {
  const { parent } = rootOf(node);
  return parent?.type === T.MethodDefinition && parent.kind === 'get';
}

/** Words after the verb that say how a thing is ended, not that a part of it is. */
const MANNER = new Set(['all', 'async', 'sync', 'now', 'soon', 'gracefully', 'safely', 'quietly', 'silently', 'immediately', 'self', 'internal', 'and', 'wait', 'down', 'up', 'if', 'needed']);

/** What may tell somebody at the other end to be done, or do anything. */
const TELLING = /^(reset$|send|post|emit|request|call|invoke|apply|dispatch|exec|reject|resolve|write|notify|signal|flush|exit|leave|log_?out|un|off|hide|fire|complete|then$|catch$|finally$)/i;

/** `const { a, b } = this.x`: members are read, and none of them is what ends it. */
function isOfMembers({ pattern }: Extract<Landing, { to: 'pattern' }>): boolean {
  return pattern.type === T.ObjectPattern && pattern.properties.every((property) => property.type === T.Property && !releasesByName(staticName(property) ?? 'close'));
}

/** It is about listeners on the value, or asks something of it. */
function isListening(method: string): boolean {
  return /^(on|off|once|addListener|removeListener|removeAllListeners|addEventListener|removeEventListener|(is|has)[A-Z]\w*)$/.test(method);
}

/** Given to a function that uses it: it is neither made into something that the object keeps, nor kept, nor ended by what its name says. */
function isLent({ call }: Extract<Landing, { to: 'argument' }>): boolean {
  const name = calleeName(call) ?? '';
  if (call.type !== T.CallExpression || call.callee.type === T.Super || KEEPING_METHODS.has(name) || releasesByName(name) || TAKING.test(name)) return false;
  return !landingsOf(call).some((landing) => landing.to === 'property' || landing.to === 'kept');
}

/** What is registered with VS Code, or shown by what it makes (`editor.setDecorations(type, ranges)`), is called or used by it and never ended. */
function isGivenToEditor({ call, path }: Extract<Landing, { to: 'argument' }>, ctx: Context): boolean {
  return call.type === T.CallExpression && /^(register|create|set|show)[A-Z]/.test(calleeName(call) ?? '') && path.length <= 1 && isEditors(call, ctx);
}

/** By such names something is given away, or becomes part of something else. */
const TAKING = /^_?(set|init|assign|give|take|own|adopt|wrap|bind|resolve|connect|register|add|insert|append|prepend|attach|install|mount|plug|include|manage|track)/i;

/** `this.a.b`: a part of the same object. */
function isOfThis(object: TSESTree.Node): boolean {
  return object.type === T.MemberExpression && object.object.type === T.ThisExpression && staticName(object) !== undefined;
}
