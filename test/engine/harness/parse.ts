import type { SourceModule } from '../../../src/engine/analyse';
import { convertSource, parseSource } from '../../../src/workspace/parse';

/** Parses a text as the product does. `path` is what the engine is told, its extension says how to parse. */
export function parseText(path: string, text: string): SourceModule {
  return convertSource(parseSource(path, text)).module;
}
