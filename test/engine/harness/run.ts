import { analyse, type AnalyseOptions, type SourceModule } from '../../../src/engine/analyse';
import type { Finding } from '../../../src/engine/findings';
import { NOBODY, runToEnd, type Answerer } from '../../../src/workspace/drive';

/** What a run is given beyond the defaults; `engines`: the versions of Node that the file's project admits. */
export interface RunOptions extends Pick<AnalyseOptions, 'style' | 'onObligation'> {
  readonly engines?: string | undefined;
}

/** A rule that crashed loses its function with a note in the product; here it is a failure. */
export class EngineCrash extends Error {}

/** Runs the analysis over a module to its end; `options` beyond the defaults. Throws EngineCrash if any part of it crashed. */
export function findIn(module: SourceModule, answer: Answerer = NOBODY, { style, engines, onObligation }: RunOptions = {}): readonly Finding[] {
  const crashes: string[] = [];
  const onCrash = (error: unknown, where: { start: number }): void => {
    crashes.push(`at offset ${where.start}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  const findings = runToEnd(analyse(module, { ...(style === undefined ? {} : { style }), ...(onObligation ? { onObligation } : {}), engines: () => engines, onCrash }), [], answer);
  if (crashes.length > 0) throw new EngineCrash(`the engine crashed\n${crashes.join('\n')}`);
  return findings;
}
