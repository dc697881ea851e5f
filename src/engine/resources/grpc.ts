import type { LibraryModel } from './model';

export const grpc: LibraryModel = {
  library: '@grpc/grpc-js',
  modules: ['@grpc/grpc-js'],
  resources: [
    {
      id: 'grpc.Client',
      noun: 'gRPC client',
      family: 'connection',
      lifetime: 'process',
      types: ['Client'],
      acquires: [{ call: 'new Client' }],
      releases: [{ method: 'close' }],
    },
    {
      id: 'grpc.Server',
      noun: 'gRPC server',
      family: 'server',
      lifetime: 'process',
      types: ['Server'],
      acquires: [{ call: 'new Server' }],
      releases: [{ method: 'tryShutdown' }, { method: 'forceShutdown' }],
      // Before it is bound it is a list of services.
      holds: ['bindAsync'],
    },
  ],
};
