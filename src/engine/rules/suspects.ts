import type { TSESTree } from '@typescript-eslint/types';
import type { Query } from '../facts';
import type { Context } from '../ownership/context';
import { walk } from '../syntax/visit';
import type { CodeRule } from './code-rule';

/** A node that a code rule wants to judge, and what has to be known for it. */
export interface Suspect {
  readonly rule: CodeRule;
  readonly node: TSESTree.Node;
  readonly questions: readonly Query[];
}

/** Runs a piece of work on a node; undefined when it crashed, which is told elsewhere. */
export type Guard = <R>(node: TSESTree.Node, work: () => R) => R | undefined;

/** The nodes that code rules want to judge, in source order: one walk for all rules, none for a text that mentions nothing of theirs. */
export function collectSuspects(rules: readonly CodeRule[], ctx: Context, guard: Guard): Suspect[] {
  const { text, ast } = ctx.module;
  const byType = new Map<string, CodeRule[]>();
  for (const rule of rules) {
    if (!rule.mentions.some((word) => text.includes(word))) continue;
    for (const type of rule.on) byType.set(type, [...(byType.get(type) ?? []), rule]);
  }
  const suspects: Suspect[] = [];
  if (byType.size === 0) return suspects;
  walk(ast, (node) => {
    for (const rule of byType.get(node.type) ?? []) {
      const questions = guard(node, () => rule.suspects(node, ctx));
      if (questions) suspects.push({ rule, node, questions });
    }
  });
  return suspects;
}
