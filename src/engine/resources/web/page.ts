import type { ResourceModel } from '../model';

/** What a page asks of the device and of its own clock. */
export const page: readonly ResourceModel[] = [
  {
    // Gone when the page is hidden, too.
    id: 'web.WakeLockSentinel',
    noun: 'wake lock',
    family: 'disposable',
    lifetime: 'process',
    types: ['WakeLockSentinel'],
    acquires: [
      { call: 'navigator.wakeLock.request', async: true },
      { call: 'WakeLock#request', async: true },
    ],
    releases: [{ method: 'release', async: true }],
    ended: ['release'],
  },
  {
    id: 'web.positionWatch',
    noun: 'position watch',
    family: 'watcher',
    lifetime: 'process',
    value: 'number',
    acquires: [{ call: 'navigator.geolocation.watchPosition' }, { call: 'Geolocation#watchPosition', guess: 'geolocation$' }],
    releases: [{ method: 'clearWatch', on: 'receiver', argument: 0 }],
  },
  {
    id: 'web.animationFrame',
    noun: 'animation frame',
    family: 'timer',
    lifetime: 'moment',
    value: 'number',
    acquires: [{ call: 'requestAnimationFrame' }],
    releases: [{ function: 'cancelAnimationFrame' }],
  },
  {
    id: 'web.idleCallback',
    noun: 'idle callback',
    family: 'timer',
    lifetime: 'moment',
    value: 'number',
    acquires: [{ call: 'requestIdleCallback' }],
    releases: [{ function: 'cancelIdleCallback' }],
  },
];
