// node out/test/bench/runtime/main.js [scopes a round] [rounds]: what a scope costs, as a ratio to try/finally by hand, for
// this package and for its peers in the same run. The peers come from test/runtime/tools.
import { createRequire } from 'node:module';
import path from 'node:path';
import { common } from '../../runtime/support/builds';
import { tools } from '../../runtime/support/tools';
import { ours, repeated, usingPeer, withStack } from './contenders';
import { measure } from './measure';
import type { Contender } from './measure';

/** The targets, as ratios to try/finally by hand; none for what is only compared with. */
export const targets: Readonly<Record<string, number>> = {
  AsyncDisposableStack: 2,
  'withManaged, disposable': 2.2,
  'withManaged, manager': 3,
  'withManaged, generator': 6,
  scope: 3,
};

async function peers(): Promise<Contender[]> {
  const load = createRequire(path.join(await tools(), 'package.json'));
  const bluebird = load('bluebird');
  const effect = await import(load.resolve('effect').replace(/\.cjs$/, '.js'));
  const { Effect } = effect;
  return [
    repeated('disposablestack', withStack(load('disposablestack/AsyncDisposableStack'))),
    repeated('core-js-pure', withStack(load('core-js-pure/actual/async-disposable-stack'))),
    repeated('@whatwg-node/disposablestack', withStack(load('@whatwg-node/disposablestack').AsyncDisposableStack)),
    usingPeer('bluebird using', (acquire, body, release) => bluebird.using(bluebird.resolve(acquire()).disposer(release), body)),
    usingPeer('effect acquireUseRelease', (acquire, body, release) =>
      Effect.runPromise(Effect.acquireUseRelease(Effect.promise(acquire), (resource: never) => Effect.promise(() => body(resource)), (resource: never) => Effect.promise(() => release(resource)))),
    ),
  ];
}

/** Measures and prints. @returns how many targets were missed. */
export async function main(count: number, rounds: number): Promise<number> {
  const results = await measure([...ours(common), ...(await peers())], count, rounds);
  let missed = 0;
  for (const { name, best, ratio } of results) {
    const target = targets[name];
    const verdict = target === undefined ? '' : ratio <= target ? `target ${target}` : `TARGET ${target} MISSED`;
    if (target !== undefined && ratio > target) missed++;
    console.log(`${name.padEnd(36)} ${best.toFixed(0).padStart(7)} ns ${ratio.toFixed(2).padStart(7)}x  ${verdict}`);
  }
  return missed;
}

if (require.main === module) {
  const [count = '20000', rounds = '15'] = process.argv.slice(2);
  main(Number(count), Number(rounds)).then(
    (missed) => console.log(missed ? `${missed} targets missed` : 'all targets met'),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
