import assert from 'node:assert/strict';
import { buildFlowGraph } from '../../../src/engine/flow/build';
import { execute, Follower, loadProgram } from './executions';
import { parseLinked, rootFor } from './flow-fixtures';
import { Dice, writeProgram } from './random-programs';

const PROGRAMS = 120;
const RUNS = 12;

/** Random programs are run for real; what they did must be a path of their graph. */
describe('control-flow graphs against execution', () => {
  const graphOf = (source: string) => buildFlowGraph(rootFor({ title: 'program', root: undefined, source, expected: '' }, parseLinked(source, 'program.ts')));

  function check(seed: number, copies: number): { steps: number; exact: number; ambiguous: number; ends: Set<string> } {
    const dice = new Dice(seed);
    const source = writeProgram(dice, { copies });
    const graph = graphOf(source);
    const program = loadProgram(source);
    const counts = { steps: 0, exact: 0, ambiguous: 0, ends: new Set<string>() };
    for (let run = 0; run < RUNS; run++) {
      const { seen, end } = execute(program, dice);
      const follower = new Follower(graph);
      for (const [index, step] of seen.entries()) {
        const places = follower.follow(step);
        assert(places > 0, `seed ${String(seed)}: the graph does not allow step ${String(index)} of ${JSON.stringify(seen)} in\n${source}`);
        counts.steps++;
        if (follower.guesses > 0) continue;
        counts.exact++;
        if (places > 1) counts.ambiguous++;
      }
      assert(follower.canEnd(end), `seed ${String(seed)}: the graph does not ${end} after ${JSON.stringify(seen)} in\n${source}`);
      counts.ends.add(end);
    }
    return counts;
  }

  it('every run is a path, and the only one that fits', () => {
    let [steps, exact] = [0, 0];
    const ends = new Set<string>();
    for (let seed = 1; seed <= PROGRAMS; seed++) {
      const counts = check(seed, 2);
      steps += counts.steps;
      exact += counts.exact;
      assert.equal(counts.ambiguous, 0, `seed ${String(seed)}: two places of the graph fit one step`);
      for (const end of counts.ends) ends.add(end);
    }
    // That the runs did anything worth checking.
    assert(steps > 8_000 && exact > 2_500, `${String(steps)} steps, ${String(exact)} of them without a guess`);
    assert.deepEqual([...ends].sort(), ['cut', 'exit', 'raise']);
  });

  it('every run is a path where finally blocks nest so deep that copies are shared', () => {
    for (let seed = 1; seed <= PROGRAMS / 8; seed++) check(1000 + seed, 9);
  });
});
