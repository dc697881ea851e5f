/**
 * Classes of libraries for the browser whose objects are made for a component, and go on after it unless they are ended; by module.
 * Known by import, so that they are also where the library's types are missing. With types any class that has an end is known.
 */
const COMPONENT_OBJECTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['@codemirror/view', ['EditorView']],
  ['@hocuspocus/provider', ['HocuspocusProvider', 'HocuspocusProviderWebsocket']],
  ['@tiptap/core', ['Editor']],
  ['@xterm/xterm', ['Terminal']],
  ['xterm', ['Terminal']],
  ['chart.js', ['Chart']],
  ['chart.js/auto', ['Chart']],
  ['hls.js', ['default']],
  ['livekit-client', ['Room']],
  ['mapbox-gl', ['Map']],
  ['maplibre-gl', ['Map']],
  ['peerjs', ['Peer']],
  ['pixi.js', ['Application']],
  ['y-webrtc', ['WebrtcProvider']],
  ['y-websocket', ['WebsocketProvider']],
]);

/** The member, as `new Chart`, is the constructor of such a class. */
export function isComponentObject(module: string, member: string): boolean {
  return COMPONENT_OBJECTS.get(module)?.some((name) => member === `new ${name}`) ?? false;
}
