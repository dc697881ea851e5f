import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Variable } from '@typescript-eslint/scope-manager';
import type { TypeRef } from '../facts';
import type { Context } from '../ownership/context';
import type { Landing } from '../ownership/landing';
import { landingsOf } from '../ownership/landing';
import { isComponentObject } from '../resources/componentObjects';
import { endsByName } from '../resources/ownedNames';
import type { CallNode, FunctionNode } from '../syntax/nodes';
import { calleeName, isFunction, staticName, unwrap, within } from '../syntax/nodes';

/** Ends of objects that hold more than memory: not the pause of something, and no request that can be taken back. */
const ENDS = ['destroy', 'dispose', 'close', 'disconnect', 'terminate'];

/** Of the browser's own classes those whose objects go on working when nobody holds them. */
const OF_BROWSER = new Set(['Worker', 'SharedWorker', 'BroadcastChannel', 'AudioContext', 'RTCPeerConnection', 'WebTransport', 'MediaRecorder']);

/** By its form the call makes a new object. */
export function mayMakeObject(call: CallNode): boolean {
  return call.type === T.NewExpression || /^(create|make|connect|build|start|init|spawn|launch)[A-Z]/.test(calleeName(call) ?? '');
}

/** What the call makes has an end: a class of a library that has one, or one of the project whose end is seen to release something. */
export function makesEndingObject(call: CallNode, ctx: Context): boolean {
  const members = call.type === T.NewExpression ? ctx.membersOf(call) : 'local';
  if (members !== 'local' && members.some(({ module, member }) => isComponentObject(module, member))) return true;
  const result = ctx.callFact(call)?.result;
  if (!mayMakeObject(call) || result?.symbol === undefined || result.opaque || ctx.callFact(call)?.promise === true) return false;
  return mustEnd(result, call);
}

function mustEnd({ symbol, members, ends }: TypeRef, call: CallNode): boolean {
  if (symbol === undefined) return false;
  if (symbol.package === undefined) return ends?.some((end) => ENDS.includes(end)) ?? false;
  if (symbol.package === 'lib') return call.type === T.NewExpression && OF_BROWSER.has(symbol.name);
  return !symbol.package.startsWith('node:') && members.some((member) => ENDS.includes(member));
}

/**
 * Nothing in the component ends the object, and nobody else is known to: only variables of the effect, a state or a ref of the component
 * hold it. A state may be shown to children, which use it.
 */
export function isLeftByEffect(call: CallNode, effect: FunctionNode, ctx: Context): boolean {
  return new Holders(effect, ctx).isLeft(call);
}

class Holders {
  private readonly seen = new Set<Variable>();
  private held = false;

  constructor(
    private readonly effect: FunctionNode,
    private readonly ctx: Context,
  ) {}

  isLeft(call: CallNode): boolean {
    return this.stays(call) && this.held;
  }

  private stays(value: TSESTree.Node): boolean {
    return landingsOf(value).every((landing) => {
      switch (landing.to) {
        case 'looked-at':
        case 'nothing':
        case 'member':
          return true;
        case 'method':
          return !endsByName(landing.name);
        case 'variable':
          return this.staysInVariable(landing);
        case 'argument':
          return this.staysInState(landing);
        case 'property':
          return this.staysInRef(landing.target);
        default:
          return false;
      }
    });
  }

  private staysInVariable({ id, path, using }: Extract<Landing, { to: 'variable' }>): boolean {
    const variable = path.length === 0 && !using ? this.ctx.bindings.variableOf(id) : undefined;
    if (variable === undefined || !within(variable.scope.block, this.effect)) return false;
    this.held = true;
    return this.follow(variable);
  }

  /** `setEditor(editor)` of `const [editor, setEditor] = useState()`: the state is followed through the component. */
  private staysInState({ call, path }: Extract<Landing, { to: 'argument' }>): boolean {
    const setter = path.length === 0 && call.callee.type === T.Identifier ? this.ctx.bindings.variableOf(call.callee) : undefined;
    const declarator = setter?.defs[0]?.node;
    if (declarator?.type !== T.VariableDeclarator || declarator.id.type !== T.ArrayPattern || !this.isMadeBy(declarator.init, 'useState')) return false;
    const [state] = declarator.id.elements;
    if (state === null || state === undefined) return true;
    const variable = state.type === T.Identifier ? this.ctx.bindings.variableOf(state) : undefined;
    return variable !== undefined && this.follow(variable, isShown);
  }

  /** `editor.current = value` of `const editor = useRef()`. */
  private staysInRef(target: TSESTree.MemberExpression): boolean {
    const ref = staticName(target) === 'current' && target.object.type === T.Identifier ? this.ctx.bindings.variableOf(target.object) : undefined;
    const names = ref && this.namesOf(ref);
    return names?.every((name) => name.references.every(({ identifier }) => {
      const { parent } = identifier;
      if (parent.type === T.VariableDeclarator && (parent.id === identifier || names.some((other) => other.defs[0]?.node === parent))) return true;
      if (parent.type !== T.MemberExpression || parent.object !== identifier || staticName(parent) !== 'current') return isListed(identifier);
      return isAssigned(parent) || this.ofComponent(parent);
    })) ?? false;
  }

  /** The variable that a `useRef` gave, and those that are other names of it; undefined when it comes from elsewhere. */
  private namesOf(variable: Variable): Variable[] | undefined {
    const init = this.ctx.bindings.onlyValueOf(variable);
    if (init === undefined) return undefined;
    if (this.isMadeBy(init, 'useRef')) return [variable];
    const other = init.type === T.Identifier ? this.ctx.bindings.variableOf(init) : undefined;
    const names = other && other !== variable ? this.namesOf(other) : undefined;
    return names && [variable, ...names];
  }

  private isMadeBy(init: TSESTree.Node | null, hook: string): boolean {
    const call = init && unwrap(init);
    return call?.type === T.CallExpression && this.ctx.calleeName(call) === hook;
  }

  private ofComponent(member: TSESTree.Node): boolean {
    return landingsOf(member).every((landing) => {
      if (landing.to === 'variable') {
        const variable = landing.path.length === 0 && !landing.using ? this.ctx.bindings.variableOf(landing.id) : undefined;
        return variable !== undefined && this.follow(variable, isShown);
      }
      return landing.to === 'looked-at' || landing.to === 'nothing' || landing.to === 'member' || (landing.to === 'method' && !endsByName(landing.name));
    });
  }

  private follow(variable: Variable, allows: (landing: Landing) => boolean = () => false): boolean {
    if (this.seen.has(variable)) return true;
    this.seen.add(variable);
    return variable.references.every((reference) => !reference.isRead() || isListed(reference.identifier) || landingsOf(reference.identifier).every(allows) || this.stays(reference.identifier));
  }
}

/** The list of what an effect depends on: `[editor]`. */
function isListed(node: TSESTree.Node): boolean {
  const { parent } = node;
  return parent?.type === T.ArrayExpression && parent.parent.type === T.CallExpression && isFunction(parent.parent.arguments[0]) && parent.parent.arguments[1] === parent;
}

function isAssigned(member: TSESTree.MemberExpression): boolean {
  return member.parent.type === T.AssignmentExpression && member.parent.left === member;
}

/** In JSX: an attribute's value or a child. */
function isShown(landing: Landing): boolean {
  return landing.to === 'kept' && (landing.at.type === T.JSXExpressionContainer || landing.at.type === T.JSXSpreadAttribute);
}
