import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { CallNode } from '../syntax/nodes';
import { isFunction, staticName, unwrap } from '../syntax/nodes';
import type { Predicate } from './model';

/** All of a model's conditions hold for the call. */
export function holdsAll(predicates: readonly Predicate[] | undefined, call: CallNode): boolean {
  return (predicates ?? []).every((predicate) => holds(predicate, call));
}

function holds(predicate: Predicate, call: CallNode): boolean {
  const decided = decide(predicate, call);
  if (decided === undefined) return predicate.otherwise ?? false;
  return predicate.not ? !decided : decided;
}

/** Undefined: syntax can't tell. */
function decide(predicate: Predicate, call: CallNode): boolean | undefined {
  const { arguments: given } = call;
  const { argument } = predicate;
  if (given.slice(0, argument < 0 ? given.length : argument + 1).some((item) => item.type === T.SpreadElement)) return undefined;
  const at = given.at(argument);
  const value = at === undefined ? undefined : unwrap(at);
  if ('is' in predicate) {
    if (predicate.is === 'present') return value !== undefined;
    if (predicate.is === 'absent') return value === undefined;
    if (value === undefined) return false;
    if (isFunction(value)) return true;
    return canBeFunction(value) ? undefined : false;
  }
  if ('matches' in predicate) {
    const text = value === undefined ? undefined : textOf(value);
    return text === undefined ? undefined : new RegExp(predicate.matches, 'i').test(text);
  }
  return hasOption(value, predicate.option, predicate.equals);
}

function canBeFunction(value: TSESTree.Node): boolean {
  return ![T.Literal, T.TemplateLiteral, T.ObjectExpression, T.ArrayExpression].includes(value.type);
}

/** The text of a string, of the head of a template, or of the `text` / `sql` of an object literal. */
function textOf(value: TSESTree.Node): string | undefined {
  if (value.type === T.Literal) return typeof value.value === 'string' ? value.value : undefined;
  if (value.type === T.TemplateLiteral) return value.quasis[0]?.value.cooked ?? undefined;
  if (value.type === T.TaggedTemplateExpression) return value.quasi.quasis[0]?.value.cooked ?? undefined;
  if (value.type !== T.ObjectExpression) return undefined;
  for (const property of value.properties) {
    if (property.type === T.Property && ['text', 'sql'].includes(staticName(property) ?? '')) return textOf(unwrap(property.value));
  }
  return undefined;
}

function hasOption(value: TSESTree.Node | undefined, option: string, equals: string | number | boolean | undefined): boolean | undefined {
  if (value === undefined || value.type === T.Literal || value.type === T.TemplateLiteral || isFunction(value)) return equals === undefined;
  if (value.type !== T.ObjectExpression) return undefined;
  let decided: boolean | undefined = equals === undefined;
  for (const property of value.properties) {
    if (property.type === T.SpreadElement) decided = undefined;
    else if (staticName(property) === option) {
      const given = unwrap(property.value);
      if (given.type === T.Literal) decided = given.value === equals;
      else decided = equals === undefined ? false : undefined;
    }
  }
  return decided;
}
