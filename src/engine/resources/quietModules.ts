/**
 * Modules, without `node:`, of which no function throws in practice: they colour, measure and print. What goes wrong with a log or a
 * spinner is not why a resource leaks.
 */
export const QUIET_MODULES: ReadonlySet<string> = new Set([
  ...['path', 'path/posix', 'path/win32', 'os', 'perf_hooks', 'timers'],
  ...['chalk', 'picocolors', 'colorette', 'kleur', 'kleur/colors', 'cli-color', 'ansi-colors', 'ansis', 'colors', 'colors/safe', 'yoctocolors', 'strip-ansi', 'wrap-ansi', 'string-width', 'figures', 'log-symbols'],
  ...['ora', 'nanospinner', 'yocto-spinner', 'cli-progress', 'log-update'],
  ...['debug', 'loglevel', 'pino', 'winston', 'bunyan', 'log4js', 'signale', 'consola', 'npmlog', 'proc-log', 'fancy-log'],
  ...['pretty-bytes', 'pretty-ms', 'ms', 'uuid', 'nanoid', 'pathe', 'upath'],
]);
