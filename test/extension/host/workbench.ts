import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM, CHROMIUM_ARGUMENTS } from './chromium';
import { installHost } from './install';
import { startServer, type Server, type ServerOptions } from './server';

export interface OpenOptions {
  /** What the workbench is told in its address, beside the folder: `openFile`, `extensionTestsPath`. */
  readonly payload?: readonly (readonly [name: string, value: string])[];
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Functions that the page can call. */
  readonly functions?: Readonly<Record<string, (...args: unknown[]) => void>>;
}

/** A VS Code server with a browser in front of it. */
export interface Workbench {
  readonly server: Server;
  /** The address of a file of this machine, as the workbench knows it. */
  remote(file: string): string;
  /** Opens a folder, or a `.code-workspace` file. */
  open(folder: string, options?: OpenOptions): Promise<Page>;
  stop(): Promise<void>;
}

/** Installs what is missing (not Chromium), and starts both. */
export async function startWorkbench(options: ServerOptions = {}): Promise<Workbench> {
  if (CHROMIUM === undefined) throw new Error('there is no Chromium: set CHROMIUM to the path of one');
  const server = await startServer(installHost(), options);
  let browser: Browser;
  try {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: [...CHROMIUM_ARGUMENTS] });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    server,
    remote: (file) => remoteAddress(server.origin, file),
    open: async (folder, { payload = [], viewport = { width: 1280, height: 720 }, functions = {} } = {}) => {
      const page = await browser.newPage({ viewport });
      for (const [name, run] of Object.entries(functions)) await page.exposeFunction(name, run);
      await page.goto(addressOf(server.origin, folder, payload));
      await page.locator('.monaco-workbench').waitFor({ timeout: 120_000 });
      return page;
    },
    stop: async () => {
      await browser.close().catch(() => undefined);
      await server.stop();
    },
  };
}

const remoteAddress = (origin: string, file: string): string => `vscode-remote://${new URL(origin).host}${path.resolve(file)}`;

/** The address at which the server shows a folder or a workspace file. */
export function addressOf(origin: string, folder: string, payload: OpenOptions['payload'] = []): string {
  const at = path.resolve(folder);
  const kind = existsSync(at) && statSync(at).isFile() ? 'workspace' : 'folder';
  const query = new URLSearchParams({ [kind]: at, payload: JSON.stringify([['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...payload]) });
  return `${origin}/?${query.toString()}`;
}
