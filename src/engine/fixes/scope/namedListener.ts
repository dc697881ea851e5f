import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { boundIn } from '../../events/identity';
import type { Listening } from '../../events/listening';
import type { FunctionNode } from '../../syntax/nodes';
import { isFunction, lastName, unwrap } from '../../syntax/nodes';
import type { FixCase } from '../case';

/** What the DOM hands to listeners of events that mean the same on every target. Others have no type that could be written without knowing the target. */
const EVENT_TYPES: Readonly<Record<string, string>> = {
  ...typed('KeyboardEvent', 'keydown', 'keyup', 'keypress'),
  ...typed('MouseEvent', 'click', 'dblclick', 'mousedown', 'mouseup', 'mousemove', 'mouseenter', 'mouseleave', 'mouseover', 'mouseout', 'contextmenu'),
  ...typed('PointerEvent', 'pointerdown', 'pointerup', 'pointermove', 'pointercancel', 'pointerenter', 'pointerleave', 'pointerover', 'pointerout'),
  ...typed('TouchEvent', 'touchstart', 'touchend', 'touchmove', 'touchcancel'),
  ...typed('DragEvent', 'drag', 'dragstart', 'dragend', 'dragenter', 'dragleave', 'dragover', 'drop'),
  ...typed('FocusEvent', 'focus', 'blur', 'focusin', 'focusout'),
  ...typed('WheelEvent', 'wheel'),
  ...typed('HashChangeEvent', 'hashchange'),
  ...typed('PopStateEvent', 'popstate'),
  ...typed('StorageEvent', 'storage'),
  ...typed('BeforeUnloadEvent', 'beforeunload'),
  ...typed('Event', 'resize', 'scroll', 'visibilitychange', 'online', 'offline', 'fullscreenchange'),
};

function typed(type: string, ...events: readonly string[]): Record<string, string> {
  return Object.fromEntries(events.map((event) => [event, type]));
}

/**
 * The listener as it can be written in a declaration of its own. A parameter loses the type that it has from where it stands: it gets that of
 * its event. Undefined where nobody can tell that.
 */
export function listenerText({ listener, event, call }: Listening, { source, ability }: FixCase): string | undefined {
  const node = unwrap(listener);
  const text = source.textOf(listener);
  if (!isFunction(node)) return text;
  if (node !== listener) return undefined;
  const untyped = node.params.filter((parameter) => !isTyped(parameter));
  if (!ability.typescript || untyped.length === 0) return text;
  const [parameter] = untyped;
  const name = event.type === T.Literal && typeof event.value === 'string' && isDom(call) ? EVENT_TYPES[event.value] : undefined;
  if (parameter === undefined || node.params.length > 1 || name === undefined || (parameter.type !== T.Identifier && parameter.type !== T.ObjectPattern)) return undefined;
  const [start, end] = [parameter.range[0] - node.range[0], parameter.range[1] - node.range[0]];
  const bare = !/\)\s*$/.test(text.slice(end, text.indexOf('=>', end))) && node.type === T.ArrowFunctionExpression;
  return `${text.slice(0, start)}${bare ? '(' : ''}${text.slice(start, end)}: ${name}${bare ? ')' : ''}${text.slice(end)}`;
}

function isTyped(parameter: FunctionNode['params'][number]): boolean {
  if (parameter.type === T.AssignmentPattern) return true;
  return parameter.type !== T.TSParameterProperty && parameter.typeAnnotation !== undefined;
}

function isDom({ callee }: TSESTree.CallExpression): boolean {
  return lastName(callee) === 'addEventListener';
}

/** `onServerReady` for the event `server:ready`, `boundOnKey` for `this.onKey.bind(this)`. */
export function nameFor({ listener, event }: Pick<Listening, 'listener' | 'event'>): string {
  const bound = boundIn(unwrap(listener));
  const known = bound && lastName(bound)?.replace(/^[_#]+/, '');
  if (known) return `bound${capitalised(known)}`;
  const words = event.type === T.Literal && typeof event.value === 'string' ? (event.value.match(/[a-z\d]+/gi) ?? []) : [];
  return words.length > 0 ? `on${words.map(capitalised).join('')}` : 'onEvent';
}

function capitalised(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
