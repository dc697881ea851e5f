import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../shared/command';

/** One labelled acquire site, as far as scoring reads it. */
export interface Label {
  readonly id: string;
  readonly repo: string;
  readonly commit: string;
  readonly path: string;
  readonly set: 'fixed-leak' | 'open-leak' | 'correct';
  readonly acquireLine: number;
  readonly resource: string;
  readonly leakKind?: string;
  readonly why?: string;
  readonly afterAcquireLine?: number;
  readonly afterPath?: string;
  readonly afterResidual?: unknown;
}

export type SiteFile = 'before' | 'after' | 'code';

/** One version of a labelled site: the text, and where it lies among the files of its commit. */
export interface Site {
  readonly label: Label;
  readonly file: SiteFile;
  readonly line: number;
  readonly leak: boolean;
  readonly path: string;
  readonly text: string;
}

export function readLabels(file: string): Label[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const row: unknown = JSON.parse(line);
      if (!isLabel(row)) throw new UsageError(`${file}:${String(index + 1)}: not a label`);
      return row;
    });
}

function isLabel(row: unknown): row is Label {
  if (typeof row !== 'object' || row === null) return false;
  const strings = ['id', 'repo', 'commit', 'path', 'set', 'resource'].every((key) => typeof Reflect.get(row, key) === 'string');
  return strings && typeof Reflect.get(row, 'acquireLine') === 'number';
}

/**
 * The sites of the labels in a materialised corpus. Those of one repository and commit are put into one tree, so that they can share a
 * program; what stands in for a tree's file is handed over as text, and the tree is not written to.
 */
export function readSites(labels: readonly Label[], corpus: string): Site[] {
  const trees = new Map<string, string>();
  return labels.flatMap((label) => {
    const folder = path.join(corpus, label.id);
    if (!existsSync(folder)) throw new UsageError(`${label.id} is not in ${corpus}`);
    const commit = `${label.repo}@${label.commit}${label.set === 'fixed-leak' ? '^' : ''}`;
    const tree = trees.get(commit) ?? path.join(folder, 'tree');
    trees.set(commit, tree);
    const at = path.resolve(tree, label.path);
    const textOf = (file: SiteFile): string => readFileSync(path.join(folder, file + path.extname(label.path)), 'utf8');
    if (label.set === 'correct') return [{ label, file: 'code', line: label.acquireLine, leak: false, path: at, text: textOf('code') }] satisfies Site[];
    const before: Site = { label, file: 'before', line: label.acquireLine, leak: true, path: at, text: textOf('before') };
    // A fix that is incomplete at this place leaves a leak: neither a false positive nor counted as a leak.
    if (label.afterAcquireLine === undefined || label.afterResidual) return [before];
    return [before, { label, file: 'after', line: label.afterAcquireLine, leak: false, path: path.resolve(tree, label.afterPath ?? label.path), text: textOf('after') }];
  });
}
