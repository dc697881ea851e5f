import type { TSESTree } from '@typescript-eslint/types';
import type { SourceModule } from '../../analyse';
import type { Range } from '../../findings';
import { walk } from '../../syntax/visit';

/** A file's text with what edits must know of it: lines, comments, and how its author writes. */
export class Source {
  readonly text: string;
  /** How lines end: as most of them do. */
  readonly newline: '\n' | '\r\n';
  /** One step of indentation. */
  readonly unit: string;
  readonly quote: '"' | "'";
  readonly semicolons: boolean;
  /** In the order of the text. */
  readonly comments: readonly TSESTree.Comment[];
  private multiline: readonly Range[] | undefined;

  /** Throws a TypeError when the tree was made without comments: an edit could lose one that it does not see. */
  constructor(readonly module: SourceModule) {
    const { comments } = module.ast;
    if (comments === undefined) throw new TypeError('fixes need a tree with comments');
    this.text = module.text;
    this.comments = comments;
    const all = count(this.text, /\n/g);
    this.newline = count(this.text, /\r\n/g) * 2 > all ? '\r\n' : '\n';
    this.unit = findUnit(this.text);
    this.quote = count(this.text, /(?<![\w"'`\\])"/g) > count(this.text, /(?<![\w"'`\\])'/g) ? '"' : "'";
    this.semicolons = this.writesSemicolons();
  }

  /** The statement's end as the author writes it. */
  get semi(): string {
    return this.semicolons ? ';' : '';
  }

  slice({ start, end }: Range): string {
    return this.text.slice(start, end);
  }

  textOf(node: TSESTree.Node): string {
    return this.text.slice(node.range[0], node.range[1]);
  }

  /** Where the line of the offset begins. */
  lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Where the line of the offset ends, before its line break. */
  lineEnd(offset: number): number {
    const newline = this.text.indexOf('\n', offset);
    if (newline === -1) return this.text.length;
    return this.text[newline - 1] === '\r' && newline - 1 >= offset ? newline - 1 : newline;
  }

  /** Where the next line begins; the text's end on the last one. */
  nextLine(offset: number): number {
    const newline = this.text.indexOf('\n', offset);
    return newline === -1 ? this.text.length : newline + 1;
  }

  /** The white space that the line of the offset begins with. */
  indentAt(offset: number): string {
    return /^[\t ]*/.exec(this.text.slice(this.lineStart(offset), this.lineEnd(offset)))?.[0] ?? '';
  }

  /** What separates a statement from the next: a new line as deep as it, or a space where several share a line. */
  breakAt(offset: number): string {
    return this.beginsLine(offset) ? `${this.newline}${this.indentAt(offset)}` : ' ';
  }

  /** Nothing but white space stands before the offset on its line. */
  beginsLine(offset: number): boolean {
    return /^[\t \uFEFF]*$/.test(this.text.slice(this.lineStart(offset), offset));
  }

  /** Nothing but white space stands behind the offset on its line. */
  endsLine(offset: number): boolean {
    return /^[\t ]*$/.test(this.text.slice(offset, this.lineEnd(offset)));
  }

  /** The comments that lie inside of a range. */
  commentsIn({ start, end }: Range): TSESTree.Comment[] {
    return this.comments.filter((comment) => comment.range[0] >= start && comment.range[1] <= end);
  }

  /** The next offset that is neither white space nor part of a comment. */
  skipTrivia(offset: number): number {
    let at = offset;
    for (;;) {
      while (at < this.text.length && /\s/.test(this.text.charAt(at))) at++;
      const comment = this.comments.find(({ range }) => range[0] === at);
      if (comment === undefined) return at;
      at = comment.range[1];
    }
  }

  /** The starts of lines inside a range whose white space means nothing: those inside templates, and comments' own lines but the first, are left out. */
  indentableLines({ start, end }: Range): number[] {
    const lines: number[] = [];
    const fixed = this.fixedLines();
    for (let at = this.beginsLine(start) ? this.lineStart(start) : this.nextLine(start); at < end; at = this.nextLine(at)) {
      if (this.lineEnd(at) > at && !fixed.some((range) => at > range.start && at < range.end)) lines.push(at);
      if (this.nextLine(at) <= at) break;
    }
    return lines;
  }

  /** Text over several lines that an indentation would change: templates, strings with escaped line breaks, JSX text. */
  private fixedLines(): readonly Range[] {
    if (this.multiline) return this.multiline;
    const found: Range[] = [];
    walk(this.module.ast, (node) => {
      if (node.loc.start.line === node.loc.end.line) return;
      if (node.type === 'TemplateElement' || node.type === 'Literal' || node.type === 'JSXText') found.push({ start: node.range[0], end: node.range[1] });
    });
    return (this.multiline = found);
  }

  private writesSemicolons(): boolean {
    let [with_, without] = [0, 0];
    walk(this.module.ast, (node) => {
      if (!/^(ExpressionStatement|VariableDeclaration|ReturnStatement|ImportDeclaration|ThrowStatement)$/.test(node.type) || node.parent?.type.startsWith('For')) return;
      if (this.text[node.range[1] - 1] === ';') with_++;
      else if (this.text[node.range[1]] !== ';') without++;
    });
    return with_ >= without;
  }
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** What most deeper lines are indented by, compared with the line before. */
function findUnit(text: string): string {
  const steps = new Map<string, number>();
  let before = '';
  for (const line of text.split('\n')) {
    if (/^\s*(?:\*|\/\/|$)/.test(line)) continue;
    const indent = /^[\t ]*/.exec(line)?.[0] ?? '';
    if (indent.length > before.length && indent.startsWith(before)) {
      const step = indent.slice(before.length);
      steps.set(step, (steps.get(step) ?? 0) + 1);
    }
    before = indent;
  }
  const [best] = [...steps].filter(([step]) => /^(?:\t| {1,8})$/.test(step)).sort((one, other) => other[1] - one[1]);
  return best?.[0] ?? '  ';
}
