import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Context } from '../ownership/context';
import { landingsOf } from '../ownership/landing';
import { calleeName, isFunction, rootOf, staticName, unwrap } from '../syntax/nodes';

/** How far a URL is followed from one variable to the next. */
const DEPTH = 3;

/** `URL.createObjectURL(...)` in a function; what a module makes once lives as long as the page. */
export function isObjectUrl(node: TSESTree.Node, ctx: Context): node is TSESTree.CallExpression {
  if (node.type !== T.CallExpression || calleeName(node) !== 'createObjectURL' || !isFunction(rootOf(node))) return false;
  const callee = unwrap(node.callee);
  const object = callee.type === T.MemberExpression ? unwrap(callee.object) : undefined;
  return object?.type === T.Identifier && /^(URL|webkitURL)$/.test(object.name) && ctx.bindings.isGlobal(object);
}

/**
 * Where an object URL ends up when everything that holds it only shows or follows it: an element's `href` or `src`, `window.open`, the
 * state of a component. Undefined when it goes anywhere else, as whoever has it may revoke it.
 */
export function shownAt(url: TSESTree.Node, ctx: Context, depth = DEPTH): TSESTree.Node | undefined {
  let shown: TSESTree.Node | undefined;
  for (const landing of landingsOf(url)) {
    switch (landing.to) {
      case 'looked-at':
        continue;
      case 'variable': {
        const variable = depth === 0 || landing.path.length > 0 ? undefined : ctx.bindings.variableOf(landing.id);
        if (variable === undefined || ctx.bindings.ownerOf(variable) !== rootOf(url)) return undefined;
        for (const reference of variable.references) {
          if (!reference.isRead()) continue;
          const there = shownAt(reference.identifier, ctx, depth - 1);
          if (there === undefined) return undefined;
          shown ??= there;
        }
        continue;
      }
      case 'property':
        if (landing.path.length > 0 || !/^(href|src)$/.test(staticName(landing.target) ?? '') || !isElement(landing.target.object, ctx)) return undefined;
        shown ??= landing.target;
        continue;
      case 'argument':
        if (landing.path.length > 0 || !isShowing(landing.call, ctx)) return undefined;
        shown ??= landing.call;
        continue;
      default:
        return undefined;
    }
  }
  return shown;
}

/** A variable of a function that holds what `document.createElement` or `new Image` gives, and no field: a field may be asked for its `src` later. */
function isElement(node: TSESTree.Node, ctx: Context): boolean {
  const made = ctx.bindings.valueBehind(node);
  if (made.type === T.NewExpression) return made.callee.type === T.Identifier && /^(Image|Audio)$/.test(made.callee.name);
  return made.type === T.CallExpression && calleeName(made) === 'createElement';
}

/** `window.open(url)`, and `setPreview(url)` of `const [preview, setPreview] = useState(...)`. */
function isShowing(call: TSESTree.Node, ctx: Context): boolean {
  if (call.type !== T.CallExpression) return false;
  const callee = unwrap(call.callee);
  if (callee.type === T.MemberExpression) return staticName(callee) === 'open' && callee.object.type === T.Identifier && callee.object.name === 'window';
  const [definition] = callee.type === T.Identifier ? (ctx.bindings.variableOf(callee)?.defs ?? []) : [];
  const declared = definition?.node;
  if (declared?.type !== T.VariableDeclarator || declared.id.type !== T.ArrayPattern || declared.init === null) return false;
  const state = unwrap(declared.init);
  return state.type === T.CallExpression && ctx.calleeName(state) === 'useState';
}
