/** Calls that compute something and touch nothing, by name: moving a release in front of them changes nothing that anybody sees. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const PURE_FUNCTIONS = words('String Number Boolean BigInt Symbol parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI structuredClone');

export const PURE_CONSTRUCTORS = words('Map Set WeakMap WeakSet Array Object Date URL URLSearchParams RegExp Uint8Array');

export const PURE_NAMESPACES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['Math', words('abs ceil floor round trunc max min pow sqrt sign log log2 log10 hypot')],
  ['Object', words('keys values entries fromEntries is hasOwn freeze')],
  ['Array', words('isArray of from')],
  ['Number', words('isInteger isFinite isNaN isSafeInteger parseInt parseFloat')],
  ['String', words('fromCharCode raw')],
  ['JSON', words('parse stringify')],
  ['Buffer', words('from concat byteLength isBuffer')],
  ['Date', words('now parse')],
]);

/** Methods of strings, arrays, buffers and dates that change nothing, without a callback among their arguments. */
export const PURE_METHODS = words(`
  toString toFixed valueOf getTime toISOString slice concat join indexOf lastIndexOf includes at flat substring substr split trim trimStart
  trimEnd padStart padEnd repeat startsWith endsWith toLowerCase toUpperCase charAt charCodeAt codePointAt replace replaceAll match localeCompare
  subarray equals has hasOwnProperty
`);
