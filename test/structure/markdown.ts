/** A fenced block: the words after its opening fence, and what it holds. */
export interface Block {
  /** `ts`, `jsonc`; the empty string where none is given. */
  readonly language: string;
  /** What follows the language: `found`, `silent`. */
  readonly marks: readonly string[];
  readonly code: string;
  /** The line of the opening fence, from 1. */
  readonly line: number;
}

export interface Link {
  readonly target: string;
  readonly line: number;
}

const FENCE = /^\s*(`{3,})\s*(.*)$/;

/** The fenced blocks of a page, in order. A block that is never closed goes to the end. */
export function readBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let open: { fence: string; language: string; marks: string[]; line: number; code: string[] } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const [, fence, info = ''] = FENCE.exec(line) ?? [];
    if (open === undefined) {
      if (fence === undefined) continue;
      const [language = '', ...marks] = info.split(/\s+/).filter((word) => word !== '');
      open = { fence, language, marks, line: index + 1, code: [] };
    } else if (fence === open.fence && info === '') {
      blocks.push({ ...open, code: `${open.code.join('\n')}\n` });
      open = undefined;
    } else open.code.push(line);
  }
  if (open) blocks.push({ ...open, code: `${open.code.join('\n')}\n` });
  return blocks;
}

/** The text with its code blanked out, fenced and inline: what is left is prose. Lines keep their numbers. */
function proseOf(text: string): string {
  let fence: string | undefined;
  const lines = text.split('\n').map((line) => {
    const [, mark, info = ''] = FENCE.exec(line) ?? [];
    if (fence === undefined && mark !== undefined) fence = mark;
    else if (fence !== undefined && mark === fence && info === '') fence = undefined;
    else return fence === undefined ? line.replace(/`[^`]*`/g, (code) => 'x'.repeat(code.length)) : '';
    return '';
  });
  return lines.join('\n');
}

/** The links of a page's prose, images too. */
export function readLinks(text: string): Link[] {
  const prose = proseOf(text);
  return [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)].map((match) => ({
    target: match[1] ?? '',
    line: prose.slice(0, match.index).split('\n').length,
  }));
}

/** The names under which headings can be linked to, as the common renderers make them. */
export function readAnchors(text: string): Set<string> {
  const titles = text.split('\n').flatMap((line) => /^#{1,6}\s+(.*?)\s*$/.exec(line)?.[1] ?? []);
  const seen = new Map<string, number>();
  return new Set(titles.map((title) => {
    const name = title.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before === 0 ? name : `${name}-${String(before)}`;
  }));
}

/** The part of a page below a heading of the second level, up to the next one; undefined where there is none. */
export function readSection(text: string, title: string): string | undefined {
  const parts = text.split(/^## +/m).slice(1);
  return parts.find((part) => part.split('\n', 1)[0]?.trim() === title);
}
