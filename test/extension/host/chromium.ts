import { existsSync } from 'node:fs';

/** A Chromium of this machine: the one that CHROMIUM names, or one at a usual place. */
export const CHROMIUM = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (file) => file !== undefined && existsSync(file),
);

/** Headless, and quiet on the network. */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
