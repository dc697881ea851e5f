import type { LibraryModel } from './model';

/** Prisma's client connects with its first query. `$transaction` ends by itself in both of its forms. */
export const prisma: LibraryModel = {
  library: 'prisma',
  modules: ['@prisma/client', '.prisma/client'],
  resources: [
    {
      id: 'prisma.PrismaClient',
      noun: 'database client',
      family: 'connection',
      lifetime: 'process',
      acquires: [{ call: 'new PrismaClient' }],
      releases: [{ method: '$disconnect', async: true }],
    },
  ],
};
