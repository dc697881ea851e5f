import assert from 'node:assert/strict';
import { newOnes } from '../../harness/newOnes';
import { compile, type Program, type Run } from './execute';
import type { FixFixture, Section } from './fixture';
import type { Faults, Happening } from './world';

/** One thing that goes wrong at a time, for whatever can go wrong in either program. */
async function faultsOf(before: Program, after: Program, expression: string): Promise<Faults[]> {
  const runs = [await before(expression), await after(expression)];
  const released = new Set(runs.flatMap(({ happenings }) => happenings.flatMap(({ kind, resource }) => (kind === 'release' ? [resource] : []))));
  return [{}, ...Array.from({ length: Math.max(...runs.map(({ fallible }) => fallible)) }, (_, at) => ({ at })), ...[...released].map((release) => ({ release }))];
}

/** A resource that the caller was given is the caller's. */
function isHandedOver(resource: string, { outcome }: Run): boolean {
  return outcome.startsWith('returned') && outcome.includes(`"${resource}"`);
}

function checkReleases(run: Run): void {
  assert.deepEqual(run.violations, []);
  assert.deepEqual(run.leaked.filter((resource) => !isHandedOver(resource, run)), [], 'leaked');
  const acquired = run.happenings.filter(({ kind }) => kind === 'acquire').map(({ resource }) => resource);
  const released = run.happenings.filter(({ kind }) => kind === 'release').map(({ resource }) => resource);
  // Of several that are open together the last one goes first; what was released before the next was acquired is out of it.
  for (const [index, resource] of released.entries()) {
    const later = released.slice(index + 1).filter((other) => acquired.indexOf(other) > acquired.indexOf(resource));
    const openAt = (other: string): boolean => run.happenings.findIndex((one) => one.kind === 'acquire' && one.resource === other) < run.happenings.findIndex((one) => one.kind === 'release' && one.resource === resource);
    assert.deepEqual(later.filter(openAt), [], `${resource} is released before what was acquired after it`);
  }
}

const tell = ({ kind, resource, what }: Happening): string => `${kind} ${resource} ${kind === 'release' ? '' : what}`;

/** The effects that came after a release and come before it now. */
export function movedBefore(before: Run, after: Run): string[] {
  return before.happenings.flatMap(({ kind, resource }, index) => {
    const at = after.happenings.findIndex((one) => one.kind === 'release' && one.resource === resource);
    if (kind !== 'release' || at < 0) return [];
    const followed = before.happenings.slice(index + 1).filter((one) => one.kind !== 'release').map(tell);
    return newOnes(after.happenings.slice(at + 1).map(tell), followed).map((effect) => `${effect}, before the release of ${resource}`);
  });
}

/** Runs both texts of a section, with everything going wrong in turn. Throws what differs, or leaks. */
export async function compareRuns(fixture: FixFixture, section: Section, expression: string): Promise<void> {
  const before = compile(fixture.before, fixture.pretendPath);
  const after = compile(section.after, fixture.pretendPath);
  for (const faults of await faultsOf(before, after, expression)) {
    const [was, is] = [await before(expression, faults), await after(expression, faults)];
    try {
      checkReleases(is);
      // A release that was skipped before could not fail.
      const skipped = faults.release !== undefined && !was.happenings.some(({ kind, resource }) => kind === 'release' && resource === faults.release);
      if (!fixture.differs.has(section.shape) && !skipped) assert.equal(is.outcome, was.outcome);
      if (section.expected === 'safe') assert.deepEqual(movedBefore(was, is), []);
    } catch (error) {
      throw new Error(`${expression} with ${JSON.stringify(faults)}: ${error instanceof Error ? error.message : String(error)}\nbefore:\n${was.happenings.map(tell).join('\n')}\nafter:\n${is.happenings.map(tell).join('\n')}`, { cause: error });
    }
  }
}

/** What a fixture's own text leaks, or does to what is released, over all runs. */
export async function leaksOf(fixture: FixFixture): Promise<string[]> {
  const program = compile(fixture.before, fixture.pretendPath);
  const leaks: string[] = [];
  for (const expression of fixture.runs) {
    for (const faults of await faultsOf(program, program, expression)) {
      const run = await program(expression, faults);
      leaks.push(...run.leaked.filter((resource) => !isHandedOver(resource, run)), ...run.violations);
    }
  }
  return leaks;
}
