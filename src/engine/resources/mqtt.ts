import type { LibraryModel } from './model';

/** A client connects again by itself until it is ended. */
export const mqtt: LibraryModel = {
  library: 'mqtt',
  modules: ['mqtt'],
  resources: [
    {
      id: 'mqtt.MqttClient',
      noun: 'MQTT client',
      family: 'connection',
      lifetime: 'process',
      types: ['MqttClient'],
      acquires: [{ call: 'connect' }, { call: 'default.connect' }, { call: 'connectAsync', async: true }, { call: 'default.connectAsync', async: true }],
      releases: [{ method: 'endAsync', async: true }, { method: 'end' }],
      fluent: ['publish', 'subscribe', 'unsubscribe', 'reconnect'],
      ended: ['end'],
    },
  ],
  quiet: ['publish', 'subscribe', 'unsubscribe'].map((method) => `MqttClient#${method}`),
};
