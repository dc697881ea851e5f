/** A class of a library for the browser whose objects are made for a component, and go on after it unless they are ended. */
export interface ComponentObject {
  readonly module: string;
  readonly class: string;
  readonly release: string;
}

/** Known by import, so that they are also where the library's types are missing. With types any class that has an end is known. */
export const COMPONENT_OBJECTS: readonly ComponentObject[] = [
  { module: '@codemirror/view', class: 'EditorView', release: 'destroy' },
  { module: '@hocuspocus/provider', class: 'HocuspocusProvider', release: 'destroy' },
  { module: '@hocuspocus/provider', class: 'HocuspocusProviderWebsocket', release: 'destroy' },
  { module: '@tiptap/core', class: 'Editor', release: 'destroy' },
  { module: '@xterm/xterm', class: 'Terminal', release: 'dispose' },
  { module: 'xterm', class: 'Terminal', release: 'dispose' },
  { module: 'chart.js', class: 'Chart', release: 'destroy' },
  { module: 'chart.js/auto', class: 'Chart', release: 'destroy' },
  { module: 'hls.js', class: 'default', release: 'destroy' },
  { module: 'livekit-client', class: 'Room', release: 'disconnect' },
  { module: 'mapbox-gl', class: 'Map', release: 'remove' },
  { module: 'maplibre-gl', class: 'Map', release: 'remove' },
  { module: 'peerjs', class: 'Peer', release: 'destroy' },
  { module: 'pixi.js', class: 'Application', release: 'destroy' },
  { module: 'y-webrtc', class: 'WebrtcProvider', release: 'destroy' },
  { module: 'y-websocket', class: 'WebsocketProvider', release: 'destroy' },
];

const known = new Set(COMPONENT_OBJECTS.map(({ module, class: name }) => `${module}:new ${name}`));

/** The member, as `new Chart`, is the constructor of such a class. */
export function isComponentObject(module: string, member: string): boolean {
  return known.has(`${module}:${member}`);
}
