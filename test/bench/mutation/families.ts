import { MODELS } from '../../../src/engine/resources/index';

const FAMILIES = new Map<string, string>(MODELS.flatMap(({ resources }) => resources.map(({ id, family }) => [id, family] as const)));

/** Where the figure asks for more than the models' own families tell apart, by the beginning of the resource's id; the first that fits. */
const FINER: readonly (readonly [RegExp, string])[] = [
  [/^(playwright|puppeteer)\./, 'browser, page, context'],
  [/^opentelemetry\.Span/, 'span'],
  [/Cursor|QueryStream|QueryRunner|PoolClient|PoolConnection|ReservedSql|ClientSession|ChangeStream/, 'database client, session, cursor'],
  [/^webStreams\.|Reader$/, 'reader, writer'],
  [/objectUrl|Observer$/, 'observer, object URL'],
  [/^code\..*(Listener)$/, 'listener'],
  [/^code\..*(Interval|Timeout)$/, 'timer'],
  [/^code\..*Subscription$|^code\.registered$/, 'subscription'],
  [/^code\.registeredEditor$/, 'editor registration'],
  [/^code\.(class|registered)Member$/, 'field of a class'],
  [/^code\.effect/, 'effect'],
];

/** The family that a resource is counted in. */
export function familyOf(resource: string): string {
  return FINER.find(([pattern]) => pattern.test(resource))?.[1] ?? FAMILIES.get(resource) ?? 'disposable';
}
