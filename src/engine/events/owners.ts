import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { declaresField } from '../syntax/classFields';
import type { ClassNode, FunctionNode } from '../syntax/nodes';
import { calleeName, enclosingClass, isFunction, lastName, staticName, thisOwner, within } from '../syntax/nodes';
import { isNothing } from '../syntax/values';
import { walk } from '../syntax/visit';


/** What one walk over a class gathers. Nested classes are left out: their `this` is another. */
export interface ClassFacts {
  /** What is assigned to each field, initialisers included, nothing (`null`, `undefined`) left out. */
  readonly values: ReadonlyMap<string, readonly TSESTree.Node[]>;
  /** `this.name`, wherever it is read or written, by name. */
  readonly members: ReadonlyMap<string, readonly TSESTree.MemberExpression[]>;
  /** Fields that `const { name } = this` takes under another name; `*` where it takes the rest. */
  readonly taken: ReadonlySet<string>;
  /** Some `this` of an object of the class: whoever is asked for its type tells what is inherited. */
  readonly self: TSESTree.ThisExpression | undefined;
  /** Methods (and fields that hold functions) that end an object's life, by their names. */
  readonly disposers: readonly FunctionNode[];
  /** The disposers, and the methods that they call on `this`, and so on. */
  readonly disposing: ReadonlySet<FunctionNode>;
  /** A method that ends the object gives the whole object to somebody: what that one ends is not known. */
  readonly givesThis: boolean;
}

/** Names of methods by which an object, or a framework for it, ends its life. */
const DISPOSERS =
  /^[_#]?(dispose|disposeAsync|disposeInternal|doDispose|onDispose|destroy|destroyed|beforeDestroy|onDestroy|ngOnDestroy|onModuleDestroy|close|onClose|stop|shutdown|shutDown|teardown|tearDown|cleanup|cleanUp|unmount|disconnect|deactivate|terminate|uninstall|detach|disconnectedCallback|componentWillUnmount|unload|onunload|onUnload|Symbol\.dispose|Symbol\.asyncDispose)$/;

const known = new WeakMap<ClassNode, ClassFacts>();

export function factsOf(cls: ClassNode): ClassFacts {
  let facts = known.get(cls);
  if (facts === undefined) known.set(cls, (facts = gather(cls)));
  return facts;
}

/** The class whose object `this` is at the node; undefined outside of classes and in static members. */
export function classAround(node: TSESTree.Node): ClassNode | undefined {
  const owner = thisOwner(node);
  if (isFunction(owner) && owner.parent.type !== T.MethodDefinition && owner.parent.type !== T.PropertyDefinition) return undefined;
  const member = isFunction(owner) ? owner.parent : owner;
  if ((member.type === T.MethodDefinition || member.type === T.PropertyDefinition) && member.static) return undefined;
  return member.type === T.Program || member.type === T.StaticBlock ? undefined : enclosingClass(owner);
}

/** The function is named as one that ends its object's life. */
export function isDisposer(name: string): boolean {
  return DISPOSERS.test(name);
}

/** Names of methods that end what an object has begun, and perhaps begin it anew later. */
const HALTS = /^[_#]?(clear|cancel|abort|end|release|kill|quit|halt|finish|pause|disable|unregister|unsubscribe|(stop|cleanup|teardown|shutdown|dispose|destroy)([A-Z]\w*)?)$/;

/** The methods, that ask for nothing, by which an object ends what it has begun. */
export function haltsOf(cls: ClassNode): FunctionNode[] {
  return cls.body.body.flatMap((member) => ((member.type === T.MethodDefinition || member.type === T.PropertyDefinition) && !member.static && isFunction(member.value) && member.value.params.length === 0 && HALTS.test(staticName(member) ?? '') ? [member.value] : []));
}

/** Verbs of methods that have an object begin something, by those of the ones that have it end that again. */
const BEGINNINGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['stop', ['start', 'begin', 'run']],
  ['end', ['start', 'begin']],
  ['unsubscribe', ['subscribe', 'register', 'setup', 'init', 'initialize']],
  ['unregister', ['register']],
  ['disable', ['enable']],
  ['deactivate', ['activate']],
  ['detach', ['attach']],
  ['disconnect', ['connect']],
  ['unbind', ['bind']],
  ['unlisten', ['listen']],
  ['unwatch', ['watch']],
  ['teardown', ['setup']],
  ['destroy', ['create', 'init', 'initialize', 'setup']],
  ['remove', ['add', 'setup', 'register', 'attach']],
]);

/** `stopMonitoring()` beside `startMonitoring()`: it asks for nothing, so it ends all that the other one began. */
function undoesAnother(name: string, method: FunctionNode, methods: ReadonlyMap<string, FunctionNode>): boolean {
  const [, verb = '', rest = ''] = /^_?([a-z]+)([A-Z]\w*)?$/.exec(name) ?? [];
  // `removeListeners()` ends what is heard; `removeItem()` one of many things.
  if (method.params.length > 0 || (verb === 'remove' && !/Listeners?$|Handlers?$|Events?$|Subscriptions?$/.test(rest))) return false;
  return BEGINNINGS.get(verb)?.some((beginning) => methods.has(beginning + rest) || methods.has(`_${beginning}${rest}`)) ?? false;
}

function gather(cls: ClassNode): ClassFacts {
  const values = new Map<string, TSESTree.Node[]>();
  const members = new Map<string, TSESTree.MemberExpression[]>();
  const calls: TSESTree.CallExpression[] = [];
  const methods = new Map<string, FunctionNode>();
  const taken = new Set<string>();
  let self: TSESTree.ThisExpression | undefined;
  const add = (name: string | undefined, value: TSESTree.Node | null): void => {
    if (name !== undefined && value !== null && !isNothing(value)) push(values, name, value);
  };
  for (const member of cls.body.body) {
    if (member.type !== T.MethodDefinition && member.type !== T.PropertyDefinition) continue;
    const name = staticName(member);
    if (name !== undefined && isFunction(member.value)) methods.set(name, member.value);
    if (member.type === T.PropertyDefinition && !member.static) add(name, member.value);
  }
  walk(cls.body, (node) => {
    if (node.type === T.CallExpression) calls.push(node);
    else if (node.type === T.VariableDeclarator && node.init?.type === T.ThisExpression && node.id.type === T.ObjectPattern) {
      for (const property of node.id.properties) taken.add(property.type === T.Property ? (staticName(property) ?? '*') : '*');
    } else if (node.type === T.MemberExpression && node.object.type === T.ThisExpression && enclosingClass(node) === cls) {
      const name = staticName(node);
      self ??= node.object;
      if (name !== undefined) push(members, name, node);
    } else if (node.type === T.AssignmentExpression && node.left.type === T.MemberExpression && node.left.object.type === T.ThisExpression && enclosingClass(node) === cls) {
      add(staticName(node.left), node.right);
    }
  });
  const disposers = [...methods].flatMap(([name, method]) => (isDisposer(name) || undoesAnother(name, method, methods) ? [method] : []));
  const disposing = reachable(disposers, methods, members);
  const givesThis = calls.some((call) => !takesOff(call) && call.arguments.some((argument) => argument.type === T.ThisExpression) && [...disposing].some((method) => within(call, method)));
  return { values, members, taken, self, disposers, disposing, givesThis };
}

/** `instances.delete(this)`, `manager.disconnect(this)`: somebody lets go of the object. */
function takesOff(call: TSESTree.CallExpression): boolean {
  return call.callee.type === T.MemberExpression && /^(delete|remove\w*|unregister\w*|disconnect|unsubscribe|detach|off|indexOf|includes|has|bind|call|log|debug|emit)$/.test(calleeName(call) ?? '');
}

/** The methods that run when the disposers do. */
function reachable(disposers: readonly FunctionNode[], methods: ReadonlyMap<string, FunctionNode>, members: ReadonlyMap<string, readonly TSESTree.MemberExpression[]>): Set<FunctionNode> {
  const found = new Set(disposers);
  for (const method of found) {
    for (const [name, other] of methods) {
      if (!found.has(other) && members.get(name)?.some((member) => member.range[0] >= method.range[0] && member.range[1] <= method.range[1])) found.add(other);
    }
  }
  return found;
}

/** Bases of libraries, which end no field that a class of the project adds. */
const PLAIN_BASES = /^((Async)?EventEmitter\w*|EventTarget|(Pure)?Component|\w*Element|Readable|Writable|Duplex|Transform|Object|Error)$/;

/** A TypeScript class that declares no such field has it from its base, which may end it: in another file, as a rule. */
export function isInheritedField(cls: ClassNode, name: string, path: string): boolean {
  if (cls.superClass === null || !/\.[cm]?tsx?$/.test(path) || PLAIN_BASES.test(lastName(cls.superClass) ?? '')) return false;
  return !declaresField(cls, name) && !cls.body.body.some((member) => member.type === T.AccessorProperty);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
