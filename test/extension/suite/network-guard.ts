// Loaded before anything else into a process (`--require`), it writes down every attempt to reach a network, with who made it.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import net from 'node:net';

/** The file to write to. */
export const NETWORK_LOG = 'MANAGED_SCOPE_NETWORK_LOG';

/** Pipes and sockets of the file system are no network. */
function isLocal(given: readonly unknown[]): boolean {
  const [first] = given.flat();
  if (typeof first === 'object' && first !== null) return 'path' in first && typeof first.path === 'string';
  return typeof first === 'string' && Number.isNaN(Number(first));
}

type Method = (this: unknown, ...given: unknown[]) => unknown;

/** Puts `report` before a method. */
function observe(owner: object, name: string, report: (given: readonly unknown[]) => void): void {
  const method: unknown = Reflect.get(owner, name);
  if (typeof method !== 'function') throw new Error(`there is no ${name} to observe`);
  const observed: Method = function (...given) {
    report(given);
    return Reflect.apply(method, this, given);
  };
  Reflect.set(owner, name, observed);
}

export function guardNetwork(log: string): void {
  const write = (what: string): void => {
    // Ours, or a part of the editor that lives in the same process?
    const stack = (new Error().stack ?? '').split('\n').slice(3).join(' <- ');
    appendFileSync(log, `${what} ${stack}\n`);
  };
  appendFileSync(log, `guarding ${process.argv.slice(1).join(' ')}\n`);
  observe(net.Socket.prototype, 'connect', (given) => { if (!isLocal(given)) write('connect'); });
  observe(net.Server.prototype, 'listen', (given) => { if (!isLocal(given)) write('listen'); });
  observe(dns, 'lookup', () => { write('lookup'); });
  observe(dgram, 'createSocket', () => { write('datagram'); });
  observe(globalThis, 'fetch', () => { write('fetch'); });
}

const log = process.env[NETWORK_LOG];
if (log !== undefined) guardNetwork(log);
