import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readAnchors, readLinks } from './markdown';

/** What is wrong with the links of a page. `files`: what is there, relative to the same root as `page`. */
export function brokenLinks(page: string, text: string, files: ReadonlySet<string>, read: (file: string) => string = (file) => readFileSync(file, 'utf8')): string[] {
  return readLinks(text).flatMap(({ target, line }) => {
    if (/^[a-z][a-z+.-]*:/i.test(target)) return [];
    const [file = '', anchor] = decodeURI(target).split('#');
    const at = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
    const there = files.has(at) || [...files].some((one) => one.startsWith(`${at.replace(/\/$/, '')}/`));
    if (!there) return [`${page}:${String(line)}: ${target} is not there`];
    if (anchor === undefined || !at.endsWith('.md') || readAnchors(file === '' ? text : read(at)).has(anchor)) return [];
    return [`${page}:${String(line)}: ${at} has no heading #${anchor}`];
  });
}
