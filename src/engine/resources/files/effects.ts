import type { CallEffect, Predicate } from '../model';

const notClosed = (argument: number): readonly Predicate[] => [{ argument, option: 'autoClose', equals: false }];

/** Functions that use the descriptor they are given first, and leave it open. */
const DESCRIPTOR_USERS = [
  ...['read', 'readv', 'write', 'writev', 'fstat', 'fsync', 'fdatasync', 'ftruncate', 'futimes', 'fchmod', 'fchown'],
  ...['readFile', 'writeFile', 'appendFile'],
].flatMap((name) => [name, `${name}Sync`]);

/** The same for handles. */
const HANDLE_USERS = ['promises.readFile', 'promises.writeFile', 'promises.appendFile'];

/** Functions that put what lies at a path elsewhere, where somebody else owns it. */
const MOVES = ['rename', 'renameSync', 'promises.rename', 'rename.__promisify__', 'fs-extra:move', 'fs-extra:moveSync'];

const borrows = (call: string): CallEffect => ({ call, argument: 0, effect: 'borrow' });

export const fileEffects: readonly CallEffect[] = [
  ...[...DESCRIPTOR_USERS, ...HANDLE_USERS].map(borrows),
  ...MOVES.map((call): CallEffect => ({ call, argument: 0, effect: 'transfer' })),
  // A stream over a descriptor or handle closes it, unless it is told not to.
  ...['createReadStream', 'createWriteStream'].flatMap((call): CallEffect[] => [
    { call, argument: 1, option: 'fd', effect: 'borrow', when: notClosed(1) },
    { call, argument: 1, option: 'fd', effect: 'transfer' },
    { call: `FileHandle#${call}`, argument: 'receiver', effect: 'borrow', when: notClosed(0) },
    { call: `FileHandle#${call}`, argument: 'receiver', effect: 'transfer' },
  ]),
  { call: 'FileHandle#readLines', argument: 'receiver', effect: 'borrow', when: notClosed(0) },
  { call: 'FileHandle#readLines', argument: 'receiver', effect: 'transfer' },
  // The other way round: this one leaves the handle open, unless it is told to close it.
  { call: 'FileHandle#readableWebStream', argument: 'receiver', effect: 'transfer', when: [{ argument: 0, option: 'autoClose', equals: true }] },
  { call: 'FileHandle#readableWebStream', argument: 'receiver', effect: 'borrow' },
];
