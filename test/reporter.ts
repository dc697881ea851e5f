import { reporters, Runner } from 'mocha';
import type { MochaOptions } from 'mocha';

/** mocha's spec reporter, with a closing line that scripts can read. */
class Counting extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      process.stdout.write(`${passes} passed, ${failures} failed${pending ? `, ${pending} skipped` : ''}\n`);
    });
  }
}

module.exports = Counting;
