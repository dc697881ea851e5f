import { existsSync } from 'node:fs';
import path from 'node:path';
import { isTestPath } from '../../../src/engine/analyse';
import { MODELS } from '../../../src/engine/resources/index';
import { findFiles } from '../../../src/workspace/files';
import { createPrefilter } from '../../../src/workspace/prefilter';
import { readSource } from '../../../src/workspace/read';
import { readLabels, readSites } from '../corpus/labels';
import { UsageError } from '../shared/command';
import type { SourceText } from '../shared/read';

/** A text whose findings are to be fixed. */
export interface Subject extends SourceText {
  /** How lists name it. */
  readonly name: string;
  /** Findings of one group that say the same of the same line are one: two versions of a file, say. */
  readonly group: string;
  readonly test: boolean;
  /** What settings are relative to. */
  readonly folder: string;
}

/** The texts of labelled sites: every version that was materialised. */
export function subjectsOfLabels(labels: string, corpus: string): Subject[] {
  return readSites(readLabels(labels), corpus).map(({ label, file, path: at, text }) => ({
    path: at,
    text,
    name: `${label.id} ${file} ${label.path}`,
    group: `${label.repo}/${label.path}`,
    test: isTestPath(label.path),
    folder: at.slice(0, at.length - label.path.length),
  }));
}

/** The sources of a folder that could hold a finding. */
export function subjectsIn(folder: string): Subject[] {
  if (!existsSync(folder)) throw new UsageError(`${folder} is not there`);
  const root = path.resolve(folder);
  const passes = createPrefilter(MODELS);
  return findFiles([root]).files.flatMap((file) => {
    const read = readSource(file);
    if (!('text' in read) || !passes(read.text)) return [];
    const name = path.relative(path.dirname(root), file).replaceAll(path.sep, '/');
    return [{ path: file, text: read.text, name, group: name, test: isTestPath(path.relative(root, file).replaceAll(path.sep, '/')), folder: root }];
  });
}
