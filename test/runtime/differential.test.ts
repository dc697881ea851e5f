// Random plans of nested resources give the same log and the same error through nested scopes, through one stack, and,
// where no outcome is needed, through `await using` as TypeScript lowers it [row 55].
import { strict as assert } from 'node:assert';
import ts from 'typescript';
import { nested, nestedSync, resources, stacked, stackedSync } from './differential/execute';
import type { Trace } from './differential/execute';
import { planOf } from './differential/plan';
import type { Plan } from './differential/plan';
import { common as api } from './support/builds';

// Without a global SuppressedError the compiler's helper makes a plain Error of that name: described the same.
/** Runs `await using`, or `using`, on as many resources as the plan has: source text, lowered by the compiler. */
function lowered(plan: Plan, keyword: 'using' | 'await using'): Promise<Trace> {
  const { steps, disposable, body, traced } = resources(api, plan);
  const scope = scopeOf(steps.length, keyword);
  return traced(() => scope(steps, disposable, body));
}

const scopes = new Map<string, (...args: unknown[]) => unknown>();

/** A function with so many of these declarations; compiled once, since compiling is what takes the time. */
function scopeOf(count: number, keyword: 'using' | 'await using'): (...args: unknown[]) => unknown {
  const key = `${count} ${keyword}`;
  const known = scopes.get(key);
  if (known) return known;
  const lines = Array.from({ length: count }, (_, at) => `${keyword} r${at} = disposable(steps[${at}]);`).join('\n');
  const isAsync = keyword === 'await using' ? 'async' : '';
  const source = `(${isAsync} (steps, disposable, body) => {\n${lines}\nreturn body();\n})`;
  const { outputText } = ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS } });
  const scope = evaluate(outputText);
  scopes.set(key, scope);
  return scope;
}

/** The value of the last expression of a script. */
function evaluate(script: string): (...args: unknown[]) => unknown {
  // Indirect, so that it sees the globals alone.
  return (0, eval)(script);
}

const allSync = (plan: Plan): Plan => ({ ...plan, steps: plan.steps.map((step) => ({ ...step, sync: true })) });

describe('runtime, differential', () => {
  it('1,000 plans: nested scopes and one stack agree', async () => {
    const outcomes = new Set<string>();
    for (let seed = 1; seed <= 1000; seed++) {
      const plan = planOf(seed, true);
      const expected = await nested(api, plan);
      assert.deepEqual(await stacked(api, plan), expected, `seed ${seed}: ${JSON.stringify(plan)}`);
      outcomes.add(expected.outcome.replace(/r\d/g, 'r'));
    }
    assert.ok(outcomes.size > 30, `only ${outcomes.size} different outcomes: the plans are too much alike`);
  });

  it('1,000 synchronous plans: nested scopes, one stack and the asynchronous form agree', async () => {
    for (let seed = 1; seed <= 1000; seed++) {
      const plan = allSync(planOf(seed, true));
      const expected = await nestedSync(api, plan);
      assert.deepEqual(await stackedSync(api, plan), expected, `seed ${seed}: ${JSON.stringify(plan)}`);
      assert.deepEqual(await nested(api, plan), expected, `seed ${seed}: ${JSON.stringify(plan)}`);
    }
  });

  it('300 plans without outcomes: `await using` and `using` agree too', async () => {
    for (let seed = 1; seed <= 300; seed++) {
      const plan = planOf(seed, false);
      assert.deepEqual(await lowered(plan, 'await using'), await stacked(api, plan), `seed ${seed}: ${JSON.stringify(plan)}`);
      const sync = allSync(plan);
      assert.deepEqual(await lowered(sync, 'using'), await stackedSync(api, sync), `seed ${seed}: ${JSON.stringify(plan)}`);
    }
  });
});
