import type { LibraryModel } from './model';

export const mongodb: LibraryModel = {
  library: 'mongodb',
  modules: ['mongodb'],
  resources: [
    {
      id: 'mongodb.MongoClient',
      noun: 'MongoDB client',
      family: 'pool',
      lifetime: 'process',
      types: ['MongoClient'],
      acquires: [{ call: 'MongoClient.connect', async: true }, { call: 'MongoClient#connect', async: true, holder: { in: 'receiver' } }],
      releases: [{ method: 'close', async: true }],
    },
    {
      id: 'mongodb.ClientSession',
      noun: 'session',
      family: 'connection',
      lifetime: 'scoped',
      types: ['ClientSession'],
      acquires: [{ call: 'MongoClient#startSession' }],
      releases: [{ method: 'endSession', async: true }],
      prefer: 'await client.withSession(async (session) => { ... })',
    },
    {
      id: 'mongodb.transaction',
      noun: 'transaction',
      family: 'transaction',
      lifetime: 'scoped',
      acquires: [{ call: 'ClientSession#startTransaction', holder: { in: 'receiver' }, guess: 'session$' }],
      // Ending the session aborts what it has begun.
      releases: [{ method: 'commitTransaction', async: true }, { method: 'abortTransaction', async: true }, { method: 'endSession', async: true }],
      prefer: 'await session.withTransaction(async () => { ... })',
    },
  ],
  returns: { 'new MongoClient': 'MongoClient' },
};
