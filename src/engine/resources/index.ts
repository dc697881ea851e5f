import type { LibraryModel } from './model';
import { asyncMutex } from './asyncMutex';
import { fs } from './files';
import { pg, pgCursors } from './pg';
import { typeorm } from './typeorm';

/** Every library and platform area that is known. */
export const MODELS: readonly LibraryModel[] = [fs, pg, ...pgCursors, typeorm, asyncMutex];
