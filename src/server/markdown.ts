/** Text of a file is untrusted: in a hover it must not become a link, an image, a command or markup. */
export function escapeMarkdown(text: string): string {
  return escapeMarks(oneLine(text));
}

function escapeMarks(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-.!|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // `https://` and `www.` become links by themselves.
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\bwww(?=\\\.)/gi, 'w&#8203;ww');
}

/** A message of ours: what stands in backquotes is code of the file, all else is escaped. */
export function escapeMessage(message: string): string {
  return oneLine(message)
    .split(/(`[^`]*`)/)
    .map((part) => (part.length > 2 && part.startsWith('`') && part.endsWith('`') ? part : escapeMarks(part)))
    .join('');
}

/** A block of code, fenced so that nothing in it ends the fence. */
export function fence(text: string, language = 'text'): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}${language}\n${text}\n${marks}`;
}

/** On one line, without control characters or those that turn the direction of writing round. */
export function oneLine(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu, '')
    .trim();
}
