// The same scope in every form: acquire, a body that awaits, a release that awaits.
import ts from 'typescript';
import type { Api } from '../../runtime/behaviours/kit';
import type { Contender } from './measure';

/** What is acquired: it counts, so that no engine finds out that nothing happens, and so that each form can be checked. */
class Resource {
  static released = 0;
  value = 1;
  async close(): Promise<void> {
    Resource.released++;
  }
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
const acquire = async (): Promise<Resource> => new Resource();
let sum = 0;
const body = async (resource: Resource): Promise<void> => {
  sum += resource.value;
};

/** Runs a scope so many times. @throws Error unless it released each time. */
export function repeated(name: string, scope: () => PromiseLike<unknown>): Contender {
  return {
    name,
    async run(count) {
      const before = Resource.released;
      for (let left = count; left > 0; left--) await scope();
      if (Resource.released - before !== count) throw new Error(`${name} released ${Resource.released - before} of ${count}`);
      return sum;
    },
  };
}

const byHand = async (): Promise<void> => {
  const resource = await acquire();
  try {
    await body(resource);
  } finally {
    await resource.close();
  }
};

/** A scope with a stack of this class. */
export function withStack(Stack: new () => unknown): () => Promise<void> {
  // A function of its own for each class: a shared one would be optimised for none of them.
  const source = `return async () => {
    const stack = new Stack();
    try {
      await body(stack.adopt(await acquire(), (resource) => resource.close()));
    } finally {
      await stack.disposeAsync();
    }
  };`;
  return new Function('Stack', 'acquire', 'body', source)(Stack, acquire, body);
}

/** `await using` as TypeScript lowers it to ES2022. */
function lowered(): () => Promise<void> {
  const source = '(async () => { await using resource = await acquire(); await body(resource); })';
  const { outputText } = ts.transpileModule(source, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } });
  const lines = outputText.trim().replace(/^export \{\};?$/m, '');
  const at = lines.lastIndexOf('(async () =>');
  return new Function('acquire', 'body', `${lines.slice(0, at)}\nreturn ${lines.slice(at)}`)(acquire, body);
}

/** Ours. */
export function ours(api: Api): Contender[] {
  class Manager {
    readonly #resource = new Resource();
    async enter() {
      return this.#resource;
    }
    exit() {
      return this.#resource.close();
    }
  }
  const manager = api.asyncContextManager(async function* () {
    const resource = await acquire();
    try {
      yield resource;
    } finally {
      await resource.close();
    }
  });
  return [
    repeated('try/finally by hand', byHand),
    repeated('await using, lowered by TypeScript', lowered()),
    repeated('AsyncDisposableStack', withStack(api.AsyncDisposableStack)),
    repeated('withManaged, disposable', () => api.withManaged(acquire(), body)),
    repeated('withManaged, manager', () => api.withManaged(new Manager(), body)),
    repeated('withManaged, generator', () => api.withManaged(manager(), body)),
    repeated('scope', () => api.scope(async (stack) => body(stack.adopt(await acquire(), (resource) => resource.close())))),
  ];
}

/** A peer whose form is a function that acquires, runs a body and releases. */
export const usingPeer = (name: string, run: (acquire: () => Promise<Resource>, body: (resource: Resource) => Promise<void>, release: (resource: Resource) => Promise<void>) => PromiseLike<unknown>): Contender =>
  repeated(name, () => run(acquire, body, (resource) => resource.close()));
