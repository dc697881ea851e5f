import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Api } from '../behaviours/kit';

/** The root of the project; the tests run transpiled, one folder below it. */
export const root = path.resolve(__dirname, '../../../..');
/** The runtime package, and what its build made. */
export const packageFolder = path.join(root, 'src', 'runtime');
export const dist = path.join(packageFolder, 'dist');

// By a name that is read, so that the type-checker of the sources does not need a build.
const { name }: { name: string } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
export const esm = (): Promise<Api> => import(name);
export const common: Api = createRequire(path.join(root, 'package.json'))(name);
