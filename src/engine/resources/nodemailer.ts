import type { LibraryModel } from './model';

/** A transport without a pool connects for each mail, and holds nothing in between. */
export const nodemailer: LibraryModel = {
  library: 'nodemailer',
  modules: ['nodemailer'],
  resources: [
    {
      id: 'nodemailer.pooledTransport',
      noun: 'mail transport',
      family: 'pool',
      lifetime: 'process',
      acquires: ['createTransport', 'default.createTransport'].map((call) => ({ call, when: [{ argument: 0, option: 'pool', equals: true }] })),
      releases: [{ method: 'close' }],
    },
  ],
};
