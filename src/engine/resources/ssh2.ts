import type { LibraryModel, Release } from './model';

const ends: readonly Release[] = [{ method: 'end' }, { method: 'destroy' }];

export const ssh2: LibraryModel = {
  library: 'ssh2',
  modules: ['ssh2'],
  resources: [
    {
      id: 'ssh2.Client',
      noun: 'SSH connection',
      family: 'connection',
      lifetime: 'process',
      types: ['Client'],
      acquires: [{ call: 'new Client' }],
      releases: ends,
      fluent: ['connect', 'setNoDelay'],
      outcomes: [['close']],
      ended: ['close', 'end', 'error'],
    },
    {
      id: 'ssh2.SFTPWrapper',
      noun: 'SFTP session',
      family: 'connection',
      lifetime: 'process',
      types: ['SFTPWrapper'],
      acquires: [{ call: 'Client#sftp', holder: { in: 'callback', parameter: 1, error: 0 } }],
      // It goes with its connection.
      releases: [...ends, ...ends.map((release): Release => ({ ...release, on: 'receiver', incidental: true }))],
      ended: ['close', 'end'],
      atMost: 'potential',
    },
  ],
  returns: { 'new Client': 'Client' },
};
