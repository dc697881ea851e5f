import type { LibraryModel } from './model';

const DRIVERS = ['node-postgres', 'postgres-js', 'mysql2', 'better-sqlite3'];

/**
 * Drizzle holds nothing by itself: what it makes stands for the client below it, which its maker ends. Transactions are callbacks.
 * A client that it makes from a connection string is reached as `$client`.
 */
export const drizzle: LibraryModel = {
  library: 'drizzle-orm',
  modules: ['drizzle-orm', ...DRIVERS.map((driver) => `drizzle-orm/${driver}`), ...DRIVERS.map((driver) => `drizzle-orm/${driver}/migrator`)],
  resources: [],
  effects: [
    { call: 'drizzle', argument: 0, effect: 'alias' },
    { call: 'migrate', argument: 0, effect: 'borrow' },
  ],
};
