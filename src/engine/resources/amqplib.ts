import type { Acquire, LibraryModel, Release } from './model';

const CALLBACK_API = 'amqplib/callback_api';
const close: readonly Release[] = [{ method: 'close', async: true }, { method: 'close' }];
const toCallback: Pick<Acquire, 'holder'> = { holder: { in: 'callback', parameter: 1, error: 0 } };
const MAKERS = ['createChannel', 'createConfirmChannel'];

/** RabbitMQ. A connection that is closed takes its channels with it. */
export const amqplib: LibraryModel = {
  library: 'amqplib',
  modules: ['amqplib', CALLBACK_API],
  resources: [
    {
      id: 'amqplib.connection',
      noun: 'broker connection',
      family: 'connection',
      lifetime: 'process',
      types: ['ChannelModel', `${CALLBACK_API}:Connection`],
      acquires: [
        { call: 'amqplib:connect', async: true },
        { call: `${CALLBACK_API}:connect`, ...toCallback },
      ],
      releases: close,
      ended: ['close'],
    },
    {
      id: 'amqplib.channel',
      noun: 'channel',
      family: 'connection',
      lifetime: 'process',
      types: ['Channel', 'ConfirmChannel'],
      acquires: MAKERS.flatMap((method): readonly Acquire[] => [
        { call: `ChannelModel#${method}`, async: true },
        { call: `${CALLBACK_API}:Connection#${method}`, ...toCallback },
      ]),
      releases: [...close, ...close.map((release): Release => ({ ...release, on: 'receiver', incidental: true }))],
      ended: ['close'],
      atMost: 'potential',
    },
  ],
};
