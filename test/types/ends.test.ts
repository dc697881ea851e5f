import assert from 'node:assert/strict';
import { makeFolder, openProgram, type Asker, type Folder } from './project';

const MAIN = `
import { Declared } from 'library';

class Base {
  private readonly store: { dispose(): void }[] = [];
  protected _register<D extends { dispose(): void }>(one: D): D { this.store.push(one); return one; }
  dispose(): void { for (const one of this.store) one.dispose(); }
}
class Emitter { dispose(): void {} }
class Timer {
  private id: unknown;
  stop(): void { clearInterval(this.id as number); }
  close = (): void => { this.shut(); };
  private shut(): void { this.stop(); }
}
class Memory { private readonly all = new Map<string, string>(); dispose(): void { this.all.clear(); this.all.delete('a'); } }
class Emitting { private readonly emitter = new Emitter(); dispose(): void { this.emitter.dispose(); } }
class Leaf extends Base { end(): void {} }
class Registering extends Base { private readonly timer = this._register({ dispose(): void {} }); }
class OnlyEmitters extends Base { private readonly emitter = this._register(new Emitter()); }
class Keys { close(): void { window.removeEventListener('keydown', this.press); } press = (): void => {}; }
class Reader { constructor(private readonly stream: { off(event: string, listener: () => void): void }) {} close(): void { this.stream.off('data', this.read); } read = (): void => {}; }
declare const stream: { off(event: string, listener: () => void): void };
class Unused { private readonly all: { dispose(): void }[] = []; dispose(): void { this.all.forEach((one) => one.dispose()); } }
class Used { private readonly all: { dispose(): void }[] = []; use(one: { dispose(): void }): void { this.all.push(one); } dispose(): void { for (const one of this.all) one.dispose(); } }
class Round { stop(): void { this.close(); } close(): void { this.stop(); } }

new Timer();
new Memory();
new Emitting();
new Leaf();
new Registering();
new OnlyEmitters();
new Round();
new Unused();
new Used();
new Declared();
new Keys();
new Reader(stream);
`;

describe('types: ends that release something', () => {
  let folder: Folder;
  let asker: Asker;
  before(() => {
    folder = makeFolder({
      'main.ts': MAIN,
      'node_modules/library/index.d.ts': 'export class Declared { close(): void; }',
      'node_modules/library/package.json': '{"name":"library","version":"1.0.0","types":"index.d.ts"}',
    });
    asker = openProgram(folder);
  });
  after(() => folder.remove());

  const expected: readonly [call: string, ends: readonly string[] | undefined][] = [
    ['new Timer()', ['close', 'stop']],
    ['new Memory()', undefined],
    ['new Emitting()', undefined],
    ['new Leaf()', undefined],
    ['new Registering()', ['dispose']],
    ['new OnlyEmitters()', undefined],
    ['new Round()', undefined],
    ['new Unused()', undefined],
    ['new Used()', ['dispose']],
    ['new Declared()', undefined],
    ['new Keys()', ['close']],
    ['new Reader(stream)', undefined],
  ];
  for (const [call, ends] of expected) it(`${call}: ${ends?.join(', ') ?? 'none'}`, () => { assert.deepEqual(asker.call(call).result.ends, ends); });
});
