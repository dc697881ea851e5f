import type { LibraryModel, ResourceModel } from './model';

/** A build in memory: plugins and native parts learn of its end only when it is closed. */
const build: Pick<ResourceModel, 'noun' | 'family' | 'lifetime' | 'releases'> = {
  noun: 'build',
  family: 'disposable',
  lifetime: 'scoped',
  releases: [{ method: 'close', async: true }],
};

/** Builds again with every change, for as long as somebody works. */
const buildWatcher: Pick<ResourceModel, 'noun' | 'family' | 'lifetime' | 'releases'> = {
  noun: 'build watcher',
  family: 'watcher',
  lifetime: 'process',
  releases: [{ method: 'close', async: true }],
};

export const rollup: LibraryModel = {
  library: 'rollup',
  modules: ['rollup'],
  resources: [
    {
      id: 'rollup.RollupBuild',
      types: ['RollupBuild'],
      acquires: [{ call: 'rollup', async: true }],
      disposable: { symbol: 'asyncDispose', since: 'rollup 4.26.0' },
      ...build,
    },
    { id: 'rollup.RollupWatcher', types: ['RollupWatcher'], acquires: [{ call: 'watch' }], ...buildWatcher },
  ],
};

export const rolldown: LibraryModel = {
  library: 'rolldown',
  modules: ['rolldown'],
  resources: [
    {
      id: 'rolldown.RolldownBuild',
      types: ['RolldownBuild'],
      acquires: [{ call: 'rolldown', async: true }],
      disposable: { symbol: 'asyncDispose', since: 'rolldown 1.0.0' },
      ...build,
    },
    { id: 'rolldown.RolldownWatcher', types: ['RolldownWatcher'], acquires: [{ call: 'watch' }], ...buildWatcher },
  ],
};

export const esbuild: LibraryModel = {
  library: 'esbuild',
  modules: ['esbuild'],
  resources: [
    {
      id: 'esbuild.BuildContext',
      noun: 'build context',
      family: 'disposable',
      lifetime: 'scoped',
      types: ['BuildContext'],
      acquires: [{ call: 'context', async: true }],
      releases: [{ method: 'dispose', async: true }],
      // Whoever watches or serves does so until the process ends.
      settles: ['watch', 'serve'],
    },
  ],
};

export const vite: LibraryModel = {
  library: 'vite',
  modules: ['vite'],
  resources: [
    {
      id: 'vite.ViteDevServer',
      noun: 'development server',
      family: 'server',
      lifetime: 'process',
      types: ['ViteDevServer'],
      acquires: [{ call: 'createServer', async: true }],
      releases: [{ method: 'close', async: true }],
    },
    {
      id: 'vite.PreviewServer',
      noun: 'preview server',
      family: 'server',
      lifetime: 'process',
      types: ['PreviewServer'],
      acquires: [{ call: 'preview', async: true }],
      releases: [{ method: 'close', async: true }],
    },
  ],
};
