/**
 * What is known, by name alone, of how likely a call throws. `never` holds practically, not for every argument that could be
 * made up: `[].join()` can throw, code that has it throw is not why a resource leaks.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** What parses input: fails on text that is not as it should be. By last name or by both names. */
export const PARSERS = words('JSON.parse URL decodeURI decodeURIComponent BigInt atob');

/** Functions that fail on what the machine is like, or are there to fail: `name(...)`, `x.name(...)`. */
export const FAILING_FUNCTIONS = words(`
  assert invariant
  accessSync appendFileSync chmodSync chownSync copyFileSync cpSync fchmodSync fchownSync fdatasyncSync fstatSync fsyncSync
  ftruncateSync futimesSync lchownSync linkSync lstatSync lutimesSync mkdirSync mkdtempSync openSync opendirSync readSync
  readdirSync readFileSync readlinkSync readvSync realpathSync renameSync rmSync rmdirSync statSync statfsSync symlinkSync
  truncateSync unlinkSync utimesSync writeSync writeFileSync writevSync
  execSync execFileSync
`);

/** Namespaces all of whose functions are there to fail. */
export const FAILING_NAMESPACES = words('assert');

export const NEVER_FUNCTIONS = words(`
  String Number Boolean Symbol Object Array Date parseInt parseFloat isNaN isFinite encodeURIComponent encodeURI
  setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate queueMicrotask
  requestAnimationFrame cancelAnimationFrame requestIdleCallback cancelIdleCallback
  pathToFileURL isAbsolute getComputedStyle
  resolve reject join basename dirname extname relative tmpdir existsSync randomUUID promisify inspect
  beforeEach afterEach beforeAll afterAll
`);

/** Namespaces of which no function throws. */
export const NEVER_NAMESPACES = words('console Math performance path posix win32');

export const NEVER_MEMBERS = words(`
  Object.keys Object.values Object.entries Object.assign Object.freeze Object.fromEntries Object.create Object.is Object.hasOwn
  Object.getPrototypeOf Object.getOwnPropertyNames Object.getOwnPropertyDescriptor Object.seal Object.defineProperty JSON.stringify
  Array.isArray Array.of Array.from Number.isInteger Number.isFinite Number.isNaN Number.isSafeInteger Number.parseInt
  Number.parseFloat Date.now Date.parse Date.UTC String.fromCharCode String.raw Symbol.for URL.canParse
  Promise.resolve Promise.reject Promise.all Promise.allSettled Promise.race Promise.any Promise.withResolvers
  Buffer.from Buffer.alloc Buffer.allocUnsafe Buffer.concat Buffer.isBuffer Buffer.byteLength
  AbortSignal.timeout AbortSignal.any AbortSignal.abort
  process.exit process.abort process.reallyExit process.nextTick process.cwd process.hrtime process.uptime process.memoryUsage
  process.emitWarning hrtime.bigint util.inspect util.format util.promisify util.isDeepStrictEqual
  os.tmpdir os.platform os.arch os.type os.release os.totalmem os.freemem os.availableParallelism os.cpus os.hostname os.homedir crypto.randomUUID crypto.randomBytes Reflect.has Reflect.ownKeys
  Uri.file Uri.joinPath l10n.t
`);

/** Methods of arrays, strings, maps, sets, promises, emitters and streams, on whatever they are called. */
export const NEVER_METHODS = words(`
  push pop shift unshift slice splice concat join indexOf lastIndexOf includes at keys values entries fill reverse flat toReversed
  charAt charCodeAt codePointAt startsWith endsWith trim trimStart trimEnd split substring substr padStart padEnd repeat
  toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase replace replaceAll match matchAll search localeCompare
  toString toFixed toPrecision toExponential valueOf hasOwnProperty test bind normalize toSpliced
  getTime getFullYear getMonth getDate getDay getHours getMinutes getSeconds getMilliseconds getTimezoneOffset
  setTime setFullYear setMonth setDate setHours setMinutes setSeconds setMilliseconds toISOString toJSON toLocaleString toLocaleDateString toLocaleTimeString
  toDateString toTimeString toUTCString getUTCFullYear getUTCMonth getUTCDate getUTCDay getUTCHours getUTCMinutes getUTCSeconds getUTCMilliseconds
  get set has add delete clear write subarray decode encode
  createElement createTextNode appendChild removeChild insertBefore replaceChildren cloneNode setAttribute removeAttribute getAttribute hasAttribute
  querySelector querySelectorAll getElementById getBoundingClientRect closest contains toggle click focus blur append prepend remove
  appendLine showErrorMessage showInformationMessage showWarningMessage
  then catch finally
  on once off addListener removeListener removeAllListeners prependListener prependOnceListener addEventListener
  removeEventListener listenerCount setMaxListeners abort ref unref hasRef
  setTimeout setInterval clearTimeout clearInterval
  pipe unpipe pause resume setEncoding cork uncork destroy existsSync
`);

/** Methods that throw only if the callback does. */
export const CALLING_METHODS = words(`
  forEach map filter some every reduce reduceRight sort toSorted flatMap find findIndex findLast findLastIndex
`);

/** Besides everything whose name ends in `Error`. */
export const NEVER_CONSTRUCTORS = words(`
  Map Set WeakMap WeakSet WeakRef Array Object Promise Date Proxy AbortController EventEmitter EventTarget Event CustomEvent
  URLSearchParams TextDecoder TextEncoder Headers FormData Blob MessageChannel PassThrough DisposableStack AsyncDisposableStack
  Uint8Array Uint16Array Uint32Array Int8Array Int16Array Int32Array Float32Array Float64Array BigInt64Array ArrayBuffer
`);

/** Who is written to, not worked with: `logger.info()`, `this.log.warn()`, `requestLog.debug()`, `spinner.start()`. A `dialog` is none. */
export const LOGGERS = /^_?(?:log|LOG|LOGGER|console|debug|trace|winston|pino)$|Log$|[lL]ogger$|[sS]pinner$/;

/** Functions that are loggers themselves. */
export const LOG_FUNCTIONS = /^(?:log|logger|debug|trace)$|Logger$/i;

/** Functions that give word of something, as a statement of their own: `reportProgress(n)`, `options.onProgress?.(n)`, `this.log(text)`. */
export const NOTICES = /^_?(?:log|print|warn|debug|trace|notify|report|track)(?:[A-Z_].*)?$|^on[A-Z]/;

/** Functions that only ask: `isEmpty(list)`, `this.hasErrors()`. */
export const QUESTIONS = /^_?(?:is|has|can|should|was|were|needs|supports|allows)[A-Z]/;

/** Calls whose promise does not reject in practice. */
export const HARMLESS_PROMISES = words('sleep delay setTimeout setImmediate nextTick Promise.resolve Promise.allSettled');

/** Functions of the project that only wait for a time: `asyncSleep(100)`, `sleepMs(5)`, `randomDelay()`. */
export const PAUSES = /^_?(?:sleep|delay|wait)(?:Ms|Millis\w*|Seconds)$|[a-z](?:Sleep|Delay)$/;
