import { createHash } from 'node:crypto';
import path from 'node:path';
import { AST_NODE_TYPES as T } from '@typescript-eslint/types';
import type { TSESTree } from '@typescript-eslint/types';
import { nameEnclosing } from '../../../src/configuration/enclosing';
import type { SourceModule } from '../../../src/engine/analyse';
import { inspect, type InspectedObligation } from '../../../src/engine/inspect';
import { calleeName } from '../../../src/engine/syntax/nodes';
import { walk } from '../../../src/engine/syntax/visit';
import type { Range } from '../../../src/engine/findings';
import { runCoroutine, type ReadFile } from '../shared/read';
import type { FoundSource } from '../shared/sources';
import { pairsIn } from './code/pairs';
import { applyEdits } from './edits';
import { familyOf } from './families';
import { makeMutants, type Mutant } from './mutants';
import { isReadToItsEnd } from './readToEnd';

/** An acquire that the code handles rightly, as far as the engine sees, and what breaks it. */
export interface MutationSite {
  readonly source: FoundSource;
  readonly acquire: Range;
  /** A model's id; `code.` and what it is for what code begins and ends in two places. */
  readonly resource: string;
  readonly family: string;
  /** By its model. Absent for what no obligation stands for. */
  readonly obligation?: Pick<InspectedObligation, 'lifetime' | 'holder' | 'certainty'>;
  readonly mutants: readonly Mutant[];
  /** Syntax errors of the original. */
  readonly errors: number;
}

/** What is not broken, and why: the broken code would be right, or nobody could tell from it that it is not. */
export interface Excluded {
  readonly source: FoundSource;
  readonly acquire: Range;
  readonly resource: string;
  readonly reason: string;
}

/** Test code is judged as any other: the question is what the engine sees, not what it thinks of tests. */
export const OPTIONS = { test: false };

/** Remembers what was met, so that copies count once. By key, the file that had it first. */
export type Met = Map<string, string>;

/**
 * Finds the sites of one file: known acquires with a release and no finding, and pairs of code that begins and ends something. Left out
 * are functions whose text was met before, and those that another file of the same name has by the same name: packages ship their source
 * and what several compilers made of it.
 */
export function sitesOf(file: ReadFile<FoundSource>, met: Met): { readonly sites: readonly MutationSite[]; readonly excluded: readonly Excluded[] } {
  const { source, module, errors, answer } = file;
  const { obligations, findings } = runCoroutine(inspect(module, OPTIONS), answer);
  const sites: MutationSite[] = [];
  const excluded: Excluded[] = [];
  const isNew = (acquire: Range, owner: Range, resource: string): boolean => {
    const keys = keysOf(file, acquire, owner, resource);
    if (met.has(keys.text) || (met.get(keys.name) ?? source.path) !== source.path) return false;
    for (const key of [keys.text, keys.name]) met.set(key, source.path);
    return true;
  };
  for (const obligation of obligations) {
    const { acquire, owner, ownerKind, releases, nestedReleases, model, lifetime, holder, certainty } = obligation;
    // What a module holds lives as long as the process; nothing is ever said of it.
    if (obligation.findings.length > 0 || ownerKind === T.Program || releases.length + nestedReleases.length === 0) continue;
    if (lifetime === 'moment') {
      if (isNew(acquire, owner, model)) excluded.push({ source, acquire, resource: model, reason: 'over by itself in a moment' });
      continue;
    }
    const reason = goesWithOthers(obligation, module);
    if (reason !== undefined) {
      if (isNew(acquire, owner, model)) excluded.push({ source, acquire, resource: model, reason });
      continue;
    }
    const calls = [...releases.map((call) => ({ ...call, nested: false })), ...nestedReleases.map((call) => ({ ...call, nested: true }))];
    // A pair of calls is known by its end only, and gone with it.
    // Without errors a reader that was read to the end is missed by nobody.
    const mutants = makeMutants(module, calls, { scoped: lifetime === 'scoped' && holder !== 'nothing' && !(model === 'webStreams.reader' && isReadToItsEnd(module.ast, owner)) });
    if (!isNew(acquire, owner, model)) continue;
    if (mutants.length > 0) sites.push({ source, acquire, resource: model, family: familyOf(model), obligation: { lifetime, holder, certainty }, mutants, errors });
    else if (model === 'webStreams.reader') excluded.push({ source, acquire, resource: model, reason: 'read to its end, after which its lock holds up nobody' });
    else excluded.push({ source, acquire, resource: model, reason: lifetime === 'scoped' ? 'only its release tells that it begins anything' : `without any release it looks like one that is left to its end (${lifetime})` });
  }
  const told = new Set([...findings.map(({ acquire }) => acquire.start), ...sites.map(({ acquire }) => acquire.start)]);
  for (const pair of pairsIn(module)) {
    const acquire = { start: pair.acquire.range[0], end: pair.acquire.range[1] };
    const owner = { start: pair.owner.range[0], end: pair.owner.range[1] };
    if (told.has(acquire.start) || !isNew(acquire, owner, pair.resource)) continue;
    if (pair.excluded === undefined) sites.push({ source, acquire, resource: pair.resource, family: familyOf(pair.resource), mutants: pair.breaks.map(({ mutation, edits }) => ({ mutation, text: applyEdits(module.text, edits) })), errors });
    else excluded.push({ source, acquire, resource: pair.resource, reason: pair.excluded });
  }
  return { sites, excluded };
}

/** Without its own release it is released all the same, or holds up nobody. */
function goesWithOthers({ acquire, owner, incidental, holder, family, releases, model }: InspectedObligation, { ast }: SourceModule): string | undefined {
  if (incidental.length > 0) return 'what it belongs to is released by the same function, and it with that';
  if (releases.some(({ start, end }) => start <= acquire.start && end >= acquire.end)) return 'the release is given what is acquired on the spot, and cannot go alone';
  if (model === 'fs.temporaryFile' && isInTemporaryDirectory(acquire, owner, ast)) return 'it lies in a temporary directory of the same function, whose own site tells the same';
  if (holder !== 'receiver' && family !== 'lock') return undefined;
  let name: string | undefined;
  let local = false;
  walk(ast, (node) => {
    if (node.type === T.CallExpression && node.range[0] === acquire.start && node.range[1] === acquire.end && node.callee.type === T.MemberExpression && node.callee.object.type === T.Identifier) ({ name } = node.callee.object);
  });
  walk(ast, (node) => {
    const inside = node.range[0] >= owner.start && node.range[1] <= owner.end;
    if (inside && node.type === T.VariableDeclarator && node.id.type === T.Identifier && node.id.name === name && node.init?.type === T.NewExpression) local = true;
  });
  return local ? 'the lock is made by the same function, and goes with it' : undefined;
}

/** The path of the file is made of what `mkdtemp` gave to a variable of the function. */
function isInTemporaryDirectory(acquire: Range, owner: Range, ast: TSESTree.Program): boolean {
  const inits = new Map<string, TSESTree.Node>();
  let path: TSESTree.Node | undefined;
  walk(ast, (node) => {
    if (node.range[0] < owner.start || node.range[1] > owner.end) return;
    if (node.type === T.VariableDeclarator && node.id.type === T.Identifier && node.init) inits.set(node.id.name, node.init);
    if (node.type === T.CallExpression && node.range[0] === acquire.start && node.range[1] === acquire.end) path = node.arguments[0];
  });
  const comesOf = (value: TSESTree.Node | undefined, depth: number): boolean => {
    let found = false;
    if (value === undefined || depth === 0) return false;
    walk(value, (node) => {
      if (node.type === T.CallExpression && /^mkdtemp/.test(calleeName(node) ?? '')) found = true;
      if (node.type === T.Identifier && comesOf(inits.get(node.name), depth - 1)) found = true;
    });
    return found;
  };
  return comesOf(path, 4);
}

function keysOf({ source, module }: ReadFile<FoundSource>, acquire: Range, owner: Range, resource: string): { text: string; name: string } {
  const text = createHash('sha256').update(`${resource} ${String(acquire.start - owner.start)} ${source.text.slice(owner.start, owner.end)}`).digest('hex');
  const owned = nameEnclosing(module.ast, acquire.start);
  return { text, name: owned === '' ? text : `${path.basename(source.path).replace(/\..*$/, '')} ${owned} ${resource}` };
}
