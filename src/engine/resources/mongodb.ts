import type { LibraryModel, ResourceModel } from './model';

/** Cursors of the driver that are made by these methods, and are closed by the server once they have given everything. */
const CURSORS = {
  FindCursor: ['Collection#find', 'GridFSBucket#find'],
  AggregationCursor: ['Collection#aggregate', 'Db#aggregate'],
};

/** What a cursor is told before it is read: each gives the cursor again, and sends nothing. */
const TOLD = {
  FindCursor: ['sort', 'limit', 'skip', 'project', 'batchSize', 'maxTimeMS', 'addCursorFlag', 'filter', 'hint', 'collation', 'comment', 'allowDiskUse'],
  AggregationCursor: ['sort', 'limit', 'skip', 'project', 'batchSize', 'maxTimeMS', 'addCursorFlag', 'match', 'group', 'unwind', 'lookup'],
};

const cursor = (type: keyof typeof CURSORS): ResourceModel => ({
  id: `mongodb.${type}`,
  noun: 'cursor',
  family: 'connection',
  lifetime: 'self',
  types: [type],
  acquires: CURSORS[type].map((call) => ({ call })),
  releases: [{ method: 'close', async: true }],
  settles: ['toArray', 'forEach', 'stream'],
  // Nothing is sent before the first row is asked for.
  holds: ['next', 'hasNext', 'tryNext', 'stream'],
  iterated: 'releases',
  walked: { asked: 'hasNext' },
  fluent: TOLD[type],
  ended: ['close', 'end', 'error'],
  atMost: 'potential',
});

/** MongoDB's driver, and Mongoose, which gives its sessions. */
export const mongodb: LibraryModel = {
  library: 'mongodb',
  modules: ['mongodb', 'mongoose'],
  resources: [
    {
      id: 'mongodb.MongoClient',
      noun: 'MongoDB client',
      family: 'pool',
      lifetime: 'process',
      types: ['MongoClient'],
      acquires: [{ call: 'MongoClient.connect', async: true }, { call: 'MongoClient#connect', async: true, holder: { in: 'receiver' } }],
      releases: [{ method: 'close', async: true }],
      fluent: ['connect'],
      leadsBack: { from: ['db', 'collection'], by: ['client', 'db'] },
    },
    {
      // It connects with the first operation; whoever calls `connect` has it from there on.
      id: 'mongodb.unconnectedClient',
      noun: 'MongoDB client',
      family: 'pool',
      lifetime: 'process',
      acquires: [{ call: 'new MongoClient' }],
      releases: [{ method: 'close', async: true }],
      holds: ['db', 'startSession', 'withSession', 'watch'],
      settles: ['connect'],
      leadsBack: { from: ['db', 'collection'], by: ['client', 'db'] },
    },
    {
      id: 'mongoose.Connection',
      noun: 'MongoDB client',
      family: 'pool',
      lifetime: 'process',
      types: ['mongoose:Connection'],
      acquires: [{ call: 'mongoose:createConnection' }, { call: 'mongoose:default.createConnection' }],
      releases: [{ method: 'close', async: true }, { method: 'destroy', async: true }],
      fluent: ['asPromise', 'openUri'],
    },
    {
      id: 'mongodb.ClientSession',
      noun: 'session',
      family: 'connection',
      lifetime: 'scoped',
      types: ['ClientSession'],
      acquires: [
        { call: 'MongoClient#startSession' },
        ...['startSession', 'default.startSession', 'Connection#startSession', 'SessionStarter#startSession'].map((call) => ({
          call: `mongoose:${call}`,
          async: true,
          ...(call === 'Connection#startSession' ? { guess: '^mongoose$' } : {}),
        })),
      ],
      // Its promise is that of aborting a transaction that is still open.
      releases: [{ method: 'endSession' }],
      prefer: 'await client.withSession(async (session) => { ... })',
    },
    {
      id: 'mongodb.transaction',
      noun: 'transaction',
      family: 'transaction',
      lifetime: 'scoped',
      acquires: [{ call: 'ClientSession#startTransaction', holder: { in: 'receiver' }, guess: 'session$' }],
      // Ending the session aborts what it has begun.
      releases: [{ method: 'commitTransaction', async: true }, { method: 'abortTransaction', async: true }, { method: 'endSession' }],
      prefer: 'await session.withTransaction(async () => { ... })',
    },
    cursor('FindCursor'),
    cursor('AggregationCursor'),
    {
      // It lasts until it is closed, or its client is.
      id: 'mongodb.ChangeStream',
      noun: 'change stream',
      family: 'connection',
      lifetime: 'process',
      types: ['ChangeStream'],
      acquires: ['Collection#watch', 'Db#watch', 'MongoClient#watch'].map((call) => ({ call })),
      releases: [{ method: 'close', async: true }],
      iterated: 'releases',
      ended: ['close', 'end'],
    },
  ],
  quiet: ['ClientSession#inTransaction', 'MongoClient#db', 'Db#collection', ...Object.entries(TOLD).flatMap(([type, methods]) => methods.map((method) => `${type}#${method}`))],
  returns: {
    'new MongoClient': 'MongoClient',
    'MongoClient.connect': 'MongoClient',
    'MongoClient#db': 'Db',
    'Db#collection': 'Collection',
    'mongoose:startSession': 'ClientSession',
    'mongoose:default.startSession': 'ClientSession',
  },
};
