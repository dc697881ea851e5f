import type { Predicate, ResourceModel } from '../model';

/** Options that leave the descriptor open when the stream is done. */
const keepsOpen: readonly Predicate[] = [{ argument: 1, option: 'autoClose', equals: false }, { argument: 1, option: 'fd', equals: undefined }];
const closesItself: readonly Predicate[] = [{ argument: 1, option: 'autoClose', equals: false, not: true, otherwise: true }];
const opensItself: readonly Predicate[] = [{ argument: 1, option: 'fd', equals: undefined, otherwise: true }];
const handleKeepsOpen: readonly Predicate[] = [{ argument: 0, option: 'autoClose', equals: false }];

/** Streams over files. Reading closes the file at its end and on error; writing must be ended by somebody. */
export const fileStreams: readonly ResourceModel[] = [
  {
    id: 'fs.ReadStream',
    noun: 'file read stream',
    family: 'stream',
    lifetime: 'self',
    types: ['ReadStream'],
    acquires: [
      { call: 'createReadStream', when: keepsOpen, lifetime: 'scoped' },
      { call: 'FileHandle#createReadStream', when: handleKeepsOpen, lifetime: 'scoped' },
      { call: 'createReadStream', guess: 'fs$|^fse$' },
      { call: 'FileHandle#createReadStream' },
      { call: 'new ReadStream' },
    ],
    releases: [{ method: 'destroy' }, { method: 'close' }],
    settles: ['pipe', 'resume', 'toArray', 'forEach', 'reduce', 'some', 'find', 'every'],
    fluent: ['setEncoding', 'pause', 'resume', 'unpipe', 'destroy'],
    iterated: 'releases',
    outcomes: [['close'], ['end', 'error']],
    ended: ['end', 'error', 'close'],
    disposable: { symbol: 'asyncDispose', since: 'node 18.18.0, 20.4.0' },
    prefer: 'await pipeline(source, destination)',
  },
  {
    id: 'fs.WriteStream',
    noun: 'file write stream',
    family: 'stream',
    lifetime: 'scoped',
    types: ['WriteStream'],
    // Over somebody else's descriptor that it must not close it holds nothing.
    acquires: [
      { call: 'createWriteStream', when: closesItself, guess: 'fs$|^fse$' },
      { call: 'createWriteStream', when: opensItself, guess: 'fs$|^fse$' },
      { call: 'FileHandle#createWriteStream' },
      { call: 'new WriteStream' },
    ],
    releases: [{ method: 'end' }, { method: 'destroy' }, { method: 'close' }],
    fluent: ['setDefaultEncoding', 'end', 'destroy'],
    outcomes: [['close'], ['finish', 'error']],
    ended: ['finish', 'error', 'close'],
    disposable: { symbol: 'asyncDispose', since: 'node 20.16.0, 22.4.0' },
    prefer: 'await pipeline(source, destination)',
  },
  {
    // A log's destination, mostly for as long as there is something to log.
    id: 'fs.Utf8Stream',
    noun: 'text file stream',
    family: 'stream',
    lifetime: 'process',
    types: ['Utf8Stream'],
    acquires: [{ call: 'new Utf8Stream' }],
    releases: [{ method: 'end' }, { method: 'destroy' }],
    ended: ['finish', 'close'],
    disposable: { symbol: 'dispose', since: 'node 24.6.0' },
  },
];
