import { createHash } from 'node:crypto';

/** SHA-256 of a text as UTF-8, in hexadecimal: says for which text an edit is. */
export function hashText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
