/**
 * Characters that could move the cursor, change colours, reorder text or hide some of it: C0 and C1 controls, and Unicode's
 * invisible formatting. What comes out of a checked file must not be able to do that to a terminal.
 */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/gu;
const UNPAIRED = /\p{Cs}/gu;

/** One line of text without what a terminal would obey. Tabs and line ends become spaces. */
export function cleanLine(text: string): string {
  return text.replace(/[\t\n\r]+/g, ' ').replace(UNSAFE, '').replace(UNPAIRED, '\uFFFD');
}

/** A part of a source line as it is printed: tabs are two spaces, so that what is marked below it lines up. */
export function cleanCode(text: string): string {
  return text.replace(/\t/g, '  ').replace(UNSAFE, '').replace(UNPAIRED, '\uFFFD');
}

/** JSON in which those characters stand as escapes: the same value to a parser, harmless to a terminal. */
export function escapeJson(json: string): string {
  return json.replace(/[\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const WIDE = /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]/u;
const COMBINING = /\p{M}/u;

/** The columns that cleaned text takes in a terminal. */
export function measureWidth(text: string): number {
  let width = 0;
  for (const character of text) width += COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}
