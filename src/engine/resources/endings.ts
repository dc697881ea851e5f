/** Methods that end what they are called on, and nothing else: `end` and `stop` are also said of sections, of answers and of what goes on without them. */
export const PLAIN_ENDS: ReadonlySet<string> = new Set(['close', 'closeAsync', 'destroy', 'dispose', 'disconnect', 'terminate', 'shutdown', 'shutDown', 'quit', 'release', 'teardown', 'cleanup']);

/** Methods that end it where their promise is awaited: a spinner that stops gives none. */
export const AWAITED_ENDS: ReadonlySet<string> = new Set(['stop', 'end', 'kill', 'closeAll', 'stopAll', 'disposeAll']);

/** Methods by which what was only made comes to hold something. */
export const OPENING_METHODS: ReadonlySet<string> = new Set(['connect', 'open', 'start', 'init', 'initialize', 'listen', 'launch', 'setup', 'login', 'acquire', 'bind', 'mount', 'attach', 'create', 'load', 'run', 'spawn', 'begin', 'ready', 'boot', 'bootstrap', 'up']);

/** What is shown to somebody, who can put it away, and what lies in memory alone: by the name of what makes it. */
export const HARMLESS_THINGS = /memory|mock|fake|stub|noop|dummy|dialog|modal|popup|popover|toast|notif|menu|spinner|progress|overlay|tooltip|prompt|timer|span$|trace|logger|builder|emitter|subject|controller|token/i;
