import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';

/** Stands for any open descriptor: past the three that a process starts with, and never negative. */
export const A_DESCRIPTOR = 1000;

/** Operators that ask whether two things are the same one. */
export const EQUALITIES: ReadonlySet<string> = new Set(['==', '===', '!=', '!==']);

const OPERATORS: ReadonlyMap<string, (one: number, other: number) => boolean> = new Map([
  ['==', (one: number, other: number) => one === other],
  ['===', (one: number, other: number) => one === other],
  ['!=', (one: number, other: number) => one !== other],
  ['!==', (one: number, other: number) => one !== other],
  ['<', (one: number, other: number) => one < other],
  ['<=', (one: number, other: number) => one <= other],
  ['>', (one: number, other: number) => one > other],
  ['>=', (one: number, other: number) => one >= other],
]);

/** What the comparison gives; undefined for operators that compare nothing, or are not among the permitted ones. */
export function compare(one: number, operator: string, other: number, permitted?: ReadonlySet<string>): boolean | undefined {
  return permitted === undefined || permitted.has(operator) ? OPERATORS.get(operator)?.(one, other) : undefined;
}

/** A number that is written out: `3`, `-1`. */
export function numberOf(node: TSESTree.Node): number | undefined {
  if (node.type === T.Literal) return typeof node.value === 'number' ? node.value : undefined;
  if (node.type !== T.UnaryExpression || node.operator !== '-') return undefined;
  const value = numberOf(node.argument);
  return value === undefined ? undefined : -value;
}
