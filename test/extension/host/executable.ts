import { chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { CHROMIUM } from './chromium';
import { canInstall, installHost } from './install';

/** A VS Code to run suites in. */
export interface Executable {
  readonly path: string;
  readonly kind: 'desktop' | 'hosted';
}

/** A window can be shown here. */
export const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;

const SHIM = path.join(__dirname, 'shim.js');
const DOWNLOAD_LIMIT_MS = 15_000;

/**
 * Where a real VS Code comes from: the executable that MANAGED_SCOPE_VSCODE names (`hosted`: the server build); a desktop VS Code that is
 * downloaded into .vscode-test, where there is a display; or the server build in .vscode-host with Chromium in front. A text: why there is none.
 */
export async function findExecutable(): Promise<Executable | string> {
  const named = process.env['MANAGED_SCOPE_VSCODE'];
  if (named !== undefined && named !== 'hosted') return existsSync(named) ? { path: named, kind: 'desktop' } : `MANAGED_SCOPE_VSCODE names ${named}, which is not there`;
  const reasons: string[] = [];
  if (named === undefined && hasDisplay) {
    try {
      return { path: await downloadAndUnzipVSCode({ timeout: DOWNLOAD_LIMIT_MS }), kind: 'desktop' };
    } catch (error) {
      reasons.push(`a desktop VS Code cannot be downloaded (${String(error)})`);
    }
  } else if (named === undefined) reasons.push('there is no display for a desktop VS Code');
  if (!canInstall) reasons.push(`there is no server build for ${process.platform} ${process.arch}`);
  else if (CHROMIUM === undefined) reasons.push('no Chromium is installed to show the server build with (CHROMIUM may name one)');
  else {
    installHost();
    chmodSync(SHIM, 0o755);
    return { path: SHIM, kind: 'hosted' };
  }
  return reasons.join('; ');
}
