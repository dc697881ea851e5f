import { createColors } from 'picocolors';
import { didYouMean } from '../configuration/shape/nearest';
import { describeModels, type ResourceDescription } from '../engine/resources/describe';
import { MODELS } from '../engine/resources/index';
import { ConfigurationFinder } from '../workspace/configuration';
import { wantsColor } from './color';
import { EXIT, explain, Failure, type ExitCode } from './failure';
import { write } from './output';
import type { ModelsOptions } from './program';
import { escapeJson } from './report/clean';
import { printModels } from './report/models';
import type { World } from './world';

/** `managed-scope models`: lists what is known of libraries, with what the working directory's configuration adds. */
export async function models(library: string | undefined, options: ModelsOptions, world: World): Promise<ExitCode> {
  try {
    const listed = choose(describeModels([...configured(world.cwd), ...MODELS]), library);
    const text = options.format === 'json' ? `${escapeJson(JSON.stringify({ version: 1, models: listed }))}\n` : printModels(listed, createColors(wantsColor(options.color, world)));
    await write(world.stdout, text);
    return EXIT.clean;
  } catch (error) {
    await write(world.stderr, explain(error));
    return EXIT.failed;
  }
}

function configured(cwd: string): ReturnType<typeof readModels> {
  try {
    return readModels(cwd);
  } catch (error) {
    throw new Failure(`cannot read the configuration: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readModels(cwd: string) {
  return new ConfigurationFinder().holdingIn(cwd)?.configuration.models ?? [];
}

/** The resources of a library, by its own name or a module's. */
function choose(all: readonly ResourceDescription[], library: string | undefined): readonly ResourceDescription[] {
  if (library === undefined) return all;
  const asked = library.replace(/^node:/, '');
  const namesOf = ({ library: own, modules }: ResourceDescription): readonly string[] => [own.replace(/^node:/, ''), ...modules];
  const found = all.filter((one) => namesOf(one).includes(asked));
  if (found.length === 0) throw new Failure(`no model of a library "${library}"${didYouMean(asked, new Set(all.flatMap(namesOf)))}`);
  return found;
}
