import ts from 'typescript';
import type { Verdict } from '../../configuration/judge';
import type { LineIndex } from '../../configuration/lines';
import { SUPPRESSION_PREFIX } from '../../configuration/suppressions';
import type { Range } from '../../engine/findings';
import { parseSource } from '../parse';

/** What stands for the reason until a person writes it. */
const REASON = 'why this is no leak';

/** A line that is put in: the reason in it is a person's to write. */
export interface SuppressionEdit extends Range {
  readonly before: string;
  /** Stands for the reason until then. */
  readonly reason: string;
  readonly after: string;
}

/**
 * A comment above the line of a finding that suppresses it. `undefined` where a line cannot be put there: inside of a template, a string or
 * the text of an element it would be no comment.
 */
export function suppressionEdit(path: string, text: string, { rule, start }: Pick<Verdict, 'rule' | 'start'>, lines: LineIndex): SuppressionEdit | undefined {
  const line = lines.rangeOf(lines.lineAt(start));
  if (isInText(parseSource(path, text).sourceFile, line.start)) return undefined;
  const indent = /^\s*/.exec(text.slice(line.start, start))?.[0] ?? '';
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return { start: line.start, end: line.start, before: `${indent}// ${SUPPRESSION_PREFIX}disable-next-line ${rule} -- `, reason: REASON, after: end };
}

function isInText(file: ts.SourceFile, offset: number): boolean {
  let inText = false;
  const visit = (node: ts.Node): void => {
    if (node.pos > offset || node.end < offset) return;
    const inside = node.getStart(file) < offset && offset < node.end;
    if (inside && (ts.isJsxText(node) || ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node))) inText = true;
    // Between the tags of an element braces are needed for a comment.
    if (ts.isJsxElement(node) || ts.isJsxFragment(node)) inText ||= node.children.some((child) => child.pos === offset || (ts.isJsxText(child) && child.pos <= offset && offset <= child.end));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return inText;
}
