import type { World } from './world';

/** An option decides, then the environment (NO_COLOR, FORCE_COLOR), then whether a terminal is there to see it. */
export function wantsColor(asked: boolean | undefined, { env, stdout }: World): boolean {
  if (asked !== undefined) return asked;
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return stdout.isTTY && env['TERM'] !== 'dumb';
}
