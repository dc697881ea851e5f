import type { CallEffect, ResourceModel } from '../model';

/** A stream is over when each of its tracks is stopped: the light of the camera goes off then. */
const stopsTracks: ResourceModel['releases'] = ['getTracks', 'getAudioTracks', 'getVideoTracks'].map((of) => ({ each: { of, method: 'stop' } }));

/** Cameras, microphones, screens, sound, and what is computed from them. */
export const media: readonly ResourceModel[] = [
  {
    id: 'web.MediaStream',
    noun: 'media stream',
    family: 'stream',
    lifetime: 'scoped',
    types: ['MediaStream'],
    acquires: [
      { call: 'navigator.mediaDevices.getUserMedia', async: true },
      { call: 'navigator.mediaDevices.getDisplayMedia', async: true },
      { call: 'MediaDevices#getUserMedia', async: true, guess: 'mediaDevices$' },
      { call: 'MediaDevices#getDisplayMedia', async: true, guess: 'mediaDevices$' },
      // Collected with its canvas.
      { call: 'HTMLCanvasElement#captureStream', lifetime: 'process' },
    ],
    releases: stopsTracks,
    atMost: 'potential',
  },
  {
    id: 'web.MediaRecorder',
    noun: 'media recorder',
    family: 'stream',
    lifetime: 'process',
    types: ['MediaRecorder'],
    acquires: [{ call: 'MediaRecorder#start', holder: { in: 'receiver' } }],
    releases: [{ method: 'stop' }],
    ended: ['stop', 'error'],
  },
  {
    // A page has one, or a few that it may have: browsers set a limit.
    id: 'web.AudioContext',
    noun: 'audio context',
    family: 'disposable',
    lifetime: 'process',
    types: ['AudioContext'],
    acquires: [{ call: 'new AudioContext' }],
    releases: [{ method: 'close', async: true }],
  },
  {
    // The collector frees it, some time later; it is large.
    id: 'web.ImageBitmap',
    noun: 'bitmap',
    family: 'disposable',
    lifetime: 'self',
    types: ['ImageBitmap'],
    acquires: [{ call: 'createImageBitmap', async: true }],
    releases: [{ method: 'close' }],
    atMost: 'potential',
  },
  {
    // Decoders and cameras have few of them, and stand still until they are given back.
    id: 'web.VideoFrame',
    noun: 'video frame',
    family: 'disposable',
    lifetime: 'scoped',
    types: ['VideoFrame'],
    acquires: [{ call: 'new VideoFrame' }, { call: 'VideoFrame#clone' }],
    releases: [{ method: 'close' }],
    atMost: 'potential',
  },
  {
    id: 'web.AudioData',
    noun: 'audio data',
    family: 'disposable',
    lifetime: 'scoped',
    types: ['AudioData'],
    acquires: [{ call: 'new AudioData' }, { call: 'AudioData#clone' }],
    releases: [{ method: 'close' }],
    atMost: 'potential',
  },
];

/** What sends what it is given to another thread or page, and which argument lists what is gone here then, the other side's to close. */
const TRANSFERS: readonly (readonly [call: string, list: number])[] = [
  ...['Worker', 'ServiceWorker', 'MessagePort', 'Window'].map((type) => [`${type}#postMessage`, 1] as const),
  // The target's origin comes first.
  ['Window#postMessage', 2],
  // A worker's own has none.
  ['postMessage', 1],
  ['postMessage', 2],
];

export const mediaEffects: readonly CallEffect[] = [
  // Each takes a copy, and leaves the caller its own.
  ...['VideoEncoder#encode', 'AudioEncoder#encode', 'CanvasRenderingContext2D#drawImage', 'createImageBitmap'].map((call): CallEffect => ({ call, argument: 0, effect: 'borrow' })),
  ...TRANSFERS.map(([call, argument]): CallEffect => ({ call, argument, effect: 'transfer' })),
  // Whoever reads at the other end of the stream closes what he reads.
  ...['WritableStreamDefaultWriter#write', 'TransformStreamDefaultController#enqueue', 'ReadableStreamDefaultController#enqueue'].map((call): CallEffect => ({ call, argument: 0, effect: 'transfer' })),
];
