import { build } from 'esbuild';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './builds';

/** The behaviour suites with one build of the package in one script that calls `report(results)`. */
export async function bundleOfBehaviours(name: string, options: { module: string; report: string; platform: 'node' | 'browser' }): Promise<string> {
  const folder = path.join(root, '.cache', 'runtime-bundles');
  mkdirSync(folder, { recursive: true });
  const outfile = path.join(folder, name);
  await build({
    stdin: {
      contents: `import * as api from ${JSON.stringify(options.module)};
        import { runAll } from './test/runtime/behaviours/index';
        runAll(api).then((results) => { ${options.report} });`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    platform: options.platform,
    format: name.endsWith('.mjs') ? 'esm' : name.endsWith('.cjs') ? 'cjs' : 'iife',
    external: options.platform === 'node' ? [options.module] : [],
    target: 'es2022',
    outfile,
    logLevel: 'warning',
  });
  return outfile;
}
