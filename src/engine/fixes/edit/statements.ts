import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import type { Range } from '../../findings';
import type { Plan } from './plan';
import type { Source } from './source';

/** What has a list of statements. */
export type StatementList = TSESTree.BlockStatement | TSESTree.Program | TSESTree.StaticBlock | TSESTree.SwitchCase | TSESTree.TSModuleBlock;

/** The list that a statement stands in; undefined for the body of an `if` without braces and the like. */
export function listOf(statement: TSESTree.Node): StatementList | undefined {
  const { parent } = statement;
  switch (parent?.type) {
    case T.BlockStatement:
    case T.Program:
    case T.StaticBlock:
    case T.TSModuleBlock:
      return parent;
    case T.SwitchCase:
      return parent.test === statement ? undefined : parent;
    default:
      return undefined;
  }
}

export function statementsOf(list: StatementList): readonly TSESTree.Node[] {
  return list.type === T.SwitchCase ? list.consequent : list.body;
}

/** The nearest statement around a node that stands in a list. */
export function statementAround(node: TSESTree.Node): TSESTree.Node | undefined {
  for (let at: TSESTree.Node | undefined = node; at !== undefined; at = at.parent) if (listOf(at)) return at;
  return undefined;
}

/** From where a statement's own text begins to where its line is free for something else: with a comment behind it on the line. */
export function endOfLineOf(statement: TSESTree.Node, source: Source): number {
  const [, end] = statement.range;
  const rest = source.text.slice(end, source.lineEnd(end));
  return /^[\t ]*\/\//.test(rest) || /^[\t ]*(?:\/\*(?:[^*]|\*(?!\/))*\*\/[\t ]*)+$/.test(rest) ? end + rest.trimEnd().length : end;
}

/** Removes the blank lines behind the end of a line: what is put there opens a block, which begins with no gap. */
export function closeGap(plan: Plan, end: number, source: Source): void {
  const gap = /^(?:[\t ]*\r?\n)+(?=[\t ]*\r?\n)/.exec(source.text.slice(end, end + 500))?.[0];
  if (gap !== undefined) plan.remove({ start: end, end: end + gap.length });
}

/** Removes a statement, or other code that fills its lines. Comments inside and beside it stay where it was. */
export function removeStatement(plan: Plan, { range: [start, end] }: TSESTree.Node, source: Source): void {
  removeRange(plan, { start, end }, source);
}

export function removeRange(plan: Plan, { start, end }: Range, source: Source): void {
  const inside = source.commentsIn({ start, end }).map((comment) => source.slice({ start: comment.range[0], end: comment.range[1] }));
  const indent = source.indentAt(start);
  if (inside.length > 0) {
    plan.replace({ start, end }, inside.join(`${source.newline}${indent}`));
    return;
  }
  if (!source.beginsLine(start)) {
    const before = /[\t ]*$/.exec(source.text.slice(source.lineStart(start), start))?.[0].length ?? 0;
    plan.remove({ start: start - before, end });
    return;
  }
  if (!source.endsLine(end)) {
    // Something else follows on the line: a comment, another statement.
    const gap = /^[\t ]*/.exec(source.text.slice(end))?.[0].length ?? 0;
    plan.remove({ start, end: end + gap });
    return;
  }
  plan.remove(wholeLines({ start, end }, source));
}

/**
 * The lines of a range that fills them, with one of two blank lines that would come together. The line break that goes is the one
 * before, so that something else can be put where the range ends.
 */
function wholeLines({ start, end }: Range, source: Source): Range {
  const first = source.lineStart(start);
  if (first === 0) return { start: first, end: source.nextLine(end) };
  const above = endOfPreviousLine(first, source);
  const below = source.nextLine(end);
  const before = source.text.slice(0, above);
  const blankBefore = /\n[\t ]*$/.test(before);
  const after = source.text.slice(below, below + 200);
  const blankAfter = /^[\t ]*\r?\n/.test(after);
  if (blankBefore && (blankAfter || /^[\t ]*(?:\}|$)/.test(after))) return { start: endOfPreviousLine(source.lineStart(above), source), end: source.lineEnd(end) };
  if (blankAfter && /[{:][\t ]*$/.test(before)) return { start: above, end: source.lineEnd(below) };
  return { start: above, end: source.lineEnd(end) };
}

function endOfPreviousLine(lineStart: number, source: Source): number {
  return source.lineEnd(source.lineStart(lineStart - 1));
}

/** Takes the braces off a `try` and keeps its block's statements, one step to the left. `extra`: comments that come behind them. */
export function unwrapTry(plan: Plan, statement: TSESTree.TryStatement, source: Source, keepBraces: boolean): void {
  const { block } = statement;
  const [start, end] = statement.range;
  const tail = { start: block.range[1], end };
  const indent = source.indentAt(start);
  const comments = source.commentsIn(tail).map((comment) => source.slice({ start: comment.range[0], end: comment.range[1] }));
  const kept = comments.map((comment) => `${source.newline}${indent}${keepBraces ? source.unit : ''}${comment}`).join('');
  if (keepBraces) {
    plan.remove({ start, end: block.range[0] });
    plan.replace({ start: block.range[1] - 1, end }, kept === '' ? '}' : `${kept.trimStart()}${source.newline}${indent}}`);
    return;
  }
  const [first] = block.body;
  const last = block.body.at(-1);
  if (first === undefined || last === undefined) {
    const inside = source.commentsIn({ start, end }).map((comment) => source.slice({ start: comment.range[0], end: comment.range[1] }));
    if (inside.length === 0) removeStatement(plan, statement, source);
    else plan.replace({ start, end }, inside.join(`${source.newline}${indent}`));
    return;
  }
  const open = block.range[0] + 1;
  const close = block.range[1] - 1;
  const opensLine = source.endsLine(open);
  const between = source.commentsIn({ start, end: block.range[0] }).map((comment) => `${source.slice({ start: comment.range[0], end: comment.range[1] })}${source.newline}${indent}`);
  // `try {` goes with its line; what the block begins with moves up.
  if (opensLine && between.length === 0 && source.beginsLine(start)) plan.remove({ start: source.lineStart(start), end: source.nextLine(open) });
  else plan.replace({ start, end: opensLine ? open : source.text.slice(open).search(/\S/) + open }, opensLine ? between.join('').trimEnd() : between.join(''));
  const closesLine = source.beginsLine(close);
  const endOfBody = closesLine ? endOfPreviousLine(source.lineStart(close), source) : close - (/[\t ]*$/.exec(source.text.slice(0, close))?.[0].length ?? 0);
  if (closesLine && source.endsLine(end) && kept === '') {
    plan.remove({ start: endOfBody, end });
  } else if (closesLine) {
    plan.replace({ start: close, end }, kept.trimStart());
  } else plan.replace({ start: endOfBody, end }, kept);
  if (opensLine) plan.dedent(source.indentableLines({ start: source.nextLine(open), end: endOfBody }), source.unit, source.text);
}
