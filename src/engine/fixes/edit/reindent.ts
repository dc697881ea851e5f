import type { TSESTree } from '@typescript-eslint/types';
import type { Range } from '../../findings';
import type { Source } from './source';

/**
 * The text of a node, written anew on the line of another offset: its further lines keep their depth under the line that they begin on.
 * Undefined where an indentation means something: in templates, in texts over several lines.
 */
export function movedText(text: string, node: TSESTree.Node, to: number, source: Source): string | undefined {
  const [start, end] = node.range;
  const from = source.indentAt(start);
  const target = source.indentAt(to);
  if (from === target || !text.includes('\n')) return text;
  const lines = source.text.slice(start, end).split('\n').length - 1;
  const free = source.indentableLines({ start: source.nextLine(start), end }).length + blankLines(source.text.slice(start, end));
  if (free < lines) return undefined;
  return text.split('\n').map((line, index) => (index > 0 && line.startsWith(from) ? `${target}${line.slice(from.length)}` : line)).join('\n');
}

/** The lines of a range one step deeper; undefined where an indentation means something. */
export function deeperText(range: Range, source: Source): string | undefined {
  const lines = source.slice(range).split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  if (source.indentableLines(range).length < filled.length) return undefined;
  return lines.map((line) => (line.trim() === '' ? line : `${source.unit}${line}`)).join('\n');
}

/** Lines behind the first that have nothing at all. */
function blankLines(text: string): number {
  return text.split('\n').slice(1).filter((line) => line === '' || line === '\r').length;
}
