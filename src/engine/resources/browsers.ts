import type { Acquire, LibraryModel, Release, ResourceModel } from './model';

const close: Release = { method: 'close', async: true };

/** What lives inside of something is closed with it. */
const closeAround: Release = { method: 'close', async: true, on: 'receiver', incidental: true };

/** Pages and contexts belong to their browser, and give it. */
const leadsBack: NonNullable<ResourceModel['leadsBack']> = { from: ['newPage', 'newContext', 'createBrowserContext', 'contexts', 'browserContexts', 'defaultBrowserContext', 'pages'], by: ['browser', 'context', 'browserContext'] };

const ENGINES = ['chromium', 'firefox', 'webkit', 'BrowserType'];

/** The method of every browser engine, by its name and by its type. */
const ofEngines = (method: string, how: Partial<Acquire> = {}): readonly Acquire[] =>
  ENGINES.map((engine) => ({ call: engine === 'BrowserType' ? `${engine}#${method}` : `${engine}.${method}`, async: true, ...how }));

export const playwright: LibraryModel = {
  library: 'playwright',
  modules: ['playwright-core', 'playwright', '@playwright/test', 'playwright-chromium', 'playwright-firefox', 'playwright-webkit'],
  resources: [
    {
      id: 'playwright.Browser',
      noun: 'browser',
      family: 'process',
      lifetime: 'scoped',
      types: ['Browser'],
      acquires: [
        ...ofEngines('launch', { guess: '^(chromium|firefox|webkit|playwright)$' }),
        // Somebody else started it.
        ...ofEngines('connect', { lifetime: 'process' }),
        ...ofEngines('connectOverCDP', { lifetime: 'process' }),
      ],
      releases: [close],
      leadsBack,
      ended: ['disconnected'],
      disposable: { symbol: 'asyncDispose', since: 'playwright 1.40.0' },
    },
    {
      id: 'playwright.BrowserServer',
      noun: 'browser server',
      family: 'process',
      lifetime: 'process',
      types: ['BrowserServer'],
      acquires: ofEngines('launchServer'),
      releases: [close, { method: 'kill', async: true }],
      ended: ['close'],
      disposable: { symbol: 'asyncDispose', since: 'playwright 1.40.0' },
    },
    {
      // A browser of its own, which goes with its one context.
      id: 'playwright.persistentContext',
      noun: 'browser',
      family: 'process',
      lifetime: 'scoped',
      acquires: ofEngines('launchPersistentContext'),
      releases: [close],
      leadsBack,
      ended: ['close'],
      disposable: { symbol: 'asyncDispose', since: 'playwright 1.40.0' },
    },
    {
      id: 'playwright.BrowserContext',
      noun: 'browser context',
      family: 'disposable',
      lifetime: 'self',
      types: ['BrowserContext'],
      acquires: [{ call: 'Browser#newContext', async: true, guess: 'browser$' }],
      releases: [close, closeAround],
      leadsBack,
      ended: ['close'],
      disposable: { symbol: 'asyncDispose', since: 'playwright 1.40.0' },
      atMost: 'potential',
    },
    {
      id: 'playwright.Page',
      noun: 'page',
      family: 'disposable',
      lifetime: 'self',
      types: ['Page'],
      acquires: [
        { call: 'Browser#newPage', async: true, guess: 'browser$' },
        { call: 'BrowserContext#newPage', async: true },
      ],
      releases: [close, closeAround],
      ended: ['close'],
      disposable: { symbol: 'asyncDispose', since: 'playwright 1.40.0' },
      atMost: 'potential',
    },
    {
      id: 'playwright.APIRequestContext',
      noun: 'request context',
      family: 'disposable',
      lifetime: 'self',
      types: ['APIRequestContext'],
      acquires: [{ call: 'APIRequest#newContext', async: true }, { call: 'request.newContext', async: true }],
      releases: [{ method: 'dispose', async: true }],
      disposable: { symbol: 'asyncDispose', since: 'playwright 1.40.0' },
      atMost: 'potential',
    },
    {
      id: 'playwright.ElectronApplication',
      noun: 'application',
      family: 'process',
      lifetime: 'scoped',
      types: ['ElectronApplication'],
      acquires: [
        { call: '_electron.launch', async: true },
        { call: 'Electron#launch', async: true },
      ],
      releases: [close],
      ended: ['close'],
      disposable: { symbol: 'asyncDispose', since: 'playwright 1.40.0' },
    },
  ],
};

export const puppeteer: LibraryModel = {
  library: 'puppeteer',
  modules: ['puppeteer-core', 'puppeteer'],
  resources: [
    {
      id: 'puppeteer.Browser',
      noun: 'browser',
      family: 'process',
      lifetime: 'scoped',
      types: ['Browser'],
      acquires: [
        { call: 'launch', async: true, guess: '^puppeteer$' },
        { call: 'default.launch', async: true },
        { call: 'PuppeteerNode#launch', async: true },
        // Somebody else started it.
        { call: 'connect', async: true, lifetime: 'process', guess: '^puppeteer$' },
        { call: 'default.connect', async: true, lifetime: 'process' },
        { call: 'Puppeteer#connect', async: true, lifetime: 'process' },
      ],
      // `disconnect` leaves the browser to whoever connects next.
      releases: [close, { method: 'disconnect', async: true }],
      leadsBack,
      ended: ['disconnected'],
    },
    {
      id: 'puppeteer.BrowserContext',
      noun: 'browser context',
      family: 'disposable',
      lifetime: 'self',
      types: ['BrowserContext'],
      acquires: [{ call: 'Browser#createBrowserContext', async: true }],
      releases: [close, closeAround],
      leadsBack,
      atMost: 'potential',
    },
    {
      id: 'puppeteer.Page',
      noun: 'page',
      family: 'disposable',
      lifetime: 'self',
      types: ['Page'],
      acquires: [
        { call: 'Browser#newPage', async: true },
        { call: 'BrowserContext#newPage', async: true },
      ],
      releases: [close, closeAround],
      ended: ['close'],
      atMost: 'potential',
    },
  ],
};
