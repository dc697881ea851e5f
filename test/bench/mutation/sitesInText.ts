import assert from 'node:assert/strict';
import { NOBODY } from '../../../src/workspace/drive';
import { convertSource, parseSource } from '../../../src/workspace/parse';
import { sitesOf, type Met } from './sites';

/** The sites of a text that stands alone, for tests. Offsets stay in every mutant. */
export function sitesInText(text: string, met: Met = new Map(), path = '/code/src/a.ts'): ReturnType<typeof sitesOf> {
  const parsed = parseSource(path, text);
  const found = sitesOf({ source: { origin: 'code', path, text }, module: convertSource(parsed).module, errors: parsed.errors.length, answer: NOBODY }, met);
  for (const mutant of found.sites.flatMap(({ mutants }) => mutants)) assert.equal(mutant.text.length, text.length, 'offsets must stay');
  return found;
}
