import assert from 'node:assert/strict';
import type { Excluded, MutationSite } from '../sites';
import { sitesInText } from '../sitesInText';

function found(text: string): { sites: readonly MutationSite[]; excluded: readonly Excluded[] } {
  const { sites, excluded } = sitesInText(text);
  return { sites: sites.filter(({ resource }) => resource.startsWith('code.')), excluded };
}

/** The mutants of the only site of a text, by what was done, with blanks squeezed. */
function mutantsOf(text: string): { resource: string } & Record<string, string> {
  const [site, ...others] = found(text).sites;
  assert.ok(site !== undefined && others.length === 0, 'one site is expected');
  return { resource: site.resource, ...Object.fromEntries(site.mutants.map(({ mutation, text: mutant }) => [mutation, mutant.replace(/\s+/g, ' ')])) };
}

/** Why the only thing that a text begins and ends is not broken. */
function reasonOf(text: string): string | undefined {
  const { sites, excluded } = found(text);
  assert.equal(sites.length, 0);
  return excluded.at(-1)?.reason;
}

describe('bench: pairs that classes begin and end', () => {
  it('deletes what takes a listener of the page off', () => {
    assert.deepEqual(mutantsOf(`class A { open() { window.addEventListener('resize', this.fit); } dispose() { window.removeEventListener('resize', this.fit); } fit = () => this.go(); go() {} }`), {
      resource: 'code.classEventListener',
      deleted: `class A { open() { window.addEventListener('resize', this.fit); } dispose() { ; } fit = () => this.go(); go() {} }`,
    });
  });

  it('deletes what clears an interval, in what the end of the class calls too', () => {
    const { deleted } = mutantsOf('class A { t; start() { this.t = setInterval(() => this.tick(), 9); } close() { this.halt(); } halt() { clearInterval(this.t); } }');
    assert.equal(deleted, 'class A { t; start() { this.t = setInterval(() => this.tick(), 9); } close() { this.halt(); } halt() { ; } }');
  });

  it('deletes what ends a field', () => {
    assert.equal(mutantsOf('class A { private b = new Bridge(this); dispose() { this.b.dispose(); } }').resource, 'code.classMember');
    assert.equal(mutantsOf('class A { private o = new ResizeObserver(() => {}); dispose() { this.o.disconnect(); } }').resource, 'code.classObserver');
    assert.equal(mutantsOf('class A { private s; constructor(m) { this.s = m.onChange(() => 1); } dispose() { this.s.dispose(); } }').resource, 'code.classSubscription');
  });

  it('breaks nothing that would be right without its end', () => {
    assert.equal(reasonOf(`class A { s = new Socket(); open() { this.s.on('data', this.read); } dispose() { this.s.off('data', this.read); } read() {} }`), 'what is listened to is made or ended by the same object, and goes with it');
    assert.equal(reasonOf(`class A { t; start() { this.t = setTimeout(() => this.tick(), 9); } close() { clearTimeout(this.t); } }`), 'a timeout, which is over by itself');
    assert.equal(reasonOf('class A { t; start() { this.t = setInterval(() => this.tick(), 9); } pause() { clearInterval(this.t); } }'), 'it is ended in a method that is not the end of the object');
    assert.equal(reasonOf('class A { t; start() { this.t = setInterval(() => this.tick(), 9); this.t.unref(); } close() { clearInterval(this.t); } }'), 'an interval that the process does not wait for, which may be meant to go on until it ends');
    assert.equal(reasonOf('class A { private e = new Emitter(); dispose() { this.e.dispose(); } }'), 'an emitter, which holds nothing but its listeners');
    assert.equal(reasonOf(`class A { on(el) { el.addEventListener('x', this.f); } close(el) { el.removeEventListener('x', this.f); } f() {} }`), 'whether what is listened to outlives the object is not told in the file');
  });
});

describe('bench: pairs of other code', () => {
  it('takes a registration out of what keeps it', () => {
    const one = mutantsOf(`import * as vscode from 'vscode';\nexport function activate(context) { context.subscriptions.push(vscode.commands.registerCommand('a', f)); }`);
    assert.equal(one.resource, 'code.registeredEditor');
    assert.match(one.deleted ?? '', /\{ vscode\.commands\.registerCommand\('a', f\) ; \}/);
    const last = mutantsOf(`import * as vscode from 'vscode';\nexport function activate(context) { context.subscriptions.push(a, vscode.window.onDidChangeActiveTextEditor(f)); }`);
    assert.match(last.deleted ?? '', /context\.subscriptions\.push\(a\),vscode\.window\.onDidChangeActiveTextEditor\(f\) ; \}/);
  });

  it('deletes the cleanup of an effect, and what it does', () => {
    assert.deepEqual(mutantsOf(`const A = () => { useEffect(() => { const t = setInterval(f, 9); return () => clearInterval(t); }, []); };`), {
      resource: 'code.effectInterval',
      'cleanup-deleted': `const A = () => { useEffect(() => { const t = setInterval(f, 9); ; }, []); };`,
      deleted: `const A = () => { useEffect(() => { const t = setInterval(f, 9); return () => undefined ; }, []); };`,
    });
  });

  it('leaves a cleanup alone where something beside it ends the same', () => {
    assert.deepEqual(Object.keys(mutantsOf(`const A = () => { useEffect(() => { const t = setInterval(() => { if (done) clearInterval(t); }, 9); return () => clearInterval(t); }, []); };`)), ['resource', 'deleted']);
  });

  it('does not break what listens to a part of something that is made there too', () => {
    const own = 'what is listened to is made or ended by the same object, and goes with it';
    assert.equal(reasonOf('function f() { const client = new Client(); const query = client.watch(1); subscriptions.push(query.subscribe(f)); }'), own);
  });

  it('does not break what listens to something that a parameter gave', () => {
    const told = 'whether what is listened to outlives the object is not told in the file';
    assert.equal(reasonOf('function f(client = g()) { const query = client.watch(1); subscriptions.push(query.subscribe(f)); }'), told);
    assert.equal(reasonOf('function f({ folder }, all) { for (const project of all.projects) subscriptions.push(project.subscribe(f)); }'), told);
  });

  it('does not break what goes with the extension, or is a handler of a connection', () => {
    assert.equal(reasonOf('function f(context, service) { context.subscriptions.push(service.onDidChange(f)); }'), 'what is listened to is of the extension, with whose end the list comes to its own');
    assert.equal(reasonOf(`import { createConnection } from 'vscode-languageserver'; class A { constructor(c) { this.connection = c; } open() { this.disposables.push(this.connection.onHover(f)); } }`), 'a handler of a protocol\'s connection, which has one for each message and is there as long as that');
    assert.equal(mutantsOf(`import { window as Window } from 'vscode'; function f(context) { context.subscriptions.push(Window.onDidChange(f)); }`).resource, 'code.registeredEditor');
    assert.equal(mutantsOf('class A { constructor(c) { this.connection = c; } open() { this.disposables.push(this.connection.onHover(f)); } }').resource, 'code.registered');
  });

  it('does not break what the component has of its own, or a maker gives to its caller', () => {
    assert.equal(reasonOf('const A = () => { const [term] = useState(() => new Terminal()); useEffect(() => { const sub = term.onData(f); return () => sub.dispose(); }, []); };'), 'what is listened to is made or ended by the same object, and goes with it');
    assert.equal(reasonOf('class A { create() { this.view = createView(); return this.view; } dispose() { this.view.dispose(); } }'), 'the method that makes it gives it to its caller, who may end it');
    assert.equal(mutantsOf('class A { get view() { this.made = createView(); return this.made; } dispose() { this.made.dispose(); } }').resource, 'code.classMember');
  });

  it('does not break the outcome after which a timeout still ends it', () => {
    const wait = (more: string) => `const w = () => new Promise((resolve) => { const t = setInterval(() => { if (done) { ${more} clearInterval(t); resolve(); } }, 9); const l = setTimeout(() => { clearInterval(t); resolve(); }, 5000); });`;
    assert.equal(reasonOf(wait('')), 'a timeout that goes on ends it too');
    assert.equal(mutantsOf(wait('clearTimeout(l);')).resource, 'code.promiseInterval');
  });

  it('makes one outcome of a promise forget what it waits with', () => {
    const mutants = mutantsOf(`const w = () => new Promise((resolve, reject) => { const t = setInterval(look, 9); s.a(() => { clearInterval(t); resolve(); }); s.b(() => { clearInterval(t); reject(); }); });`);
    assert.match(mutants['outcome-deleted'] ?? '', /s\.a\(\(\) => \{ ; resolve\(\); \}\); s\.b\(\(\) => \{ clearInterval\(t\); reject\(\); \}\);/);
  });

  it('deletes what takes a listener off a signal, and what clears the timeout of a race', () => {
    assert.equal(mutantsOf(`async function f(signal) { const stop = () => go(); signal.addEventListener('abort', stop); try { await g(); } finally { signal.removeEventListener('abort', stop); } }`).resource, 'code.abortListener');
    assert.equal(mutantsOf(`async function f(p) { let t; try { return await Promise.race([p, new Promise((_, reject) => { t = setTimeout(reject, 9000); })]); } finally { clearTimeout(t); } }`).resource, 'code.raceTimeout');
  });
});
