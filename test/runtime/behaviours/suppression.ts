// Row 66: suppress().
import { errorOf, same } from './kit';
import type { Suite } from './kit';
import { forBoth } from './kinds';

export const suppression: Suite = (api) => [
  ...forBoth(api, [66], 'suppress: the class, its subclasses, several classes; nothing else, and nothing without classes', async ({ within }) => {
    class Own extends RangeError {}
    const fail = (error: unknown) => () => {
      throw error;
    };
    same(await within(api.suppress(RangeError), () => 'result'), 'result');
    same(await within(api.suppress(RangeError), fail(new RangeError('exact'))), undefined);
    same(await within(api.suppress(RangeError), fail(new Own('subclass'))), undefined);
    same(await within(api.suppress(TypeError, Own), fail(new Own('several'))), undefined);
    const other = new TypeError('other');
    same(await errorOf(() => within(api.suppress(RangeError), fail(other))), other);
    same(await errorOf(() => within(api.suppress(), fail(other))), other);
    same(await errorOf(() => within(api.suppress(Error), fail('no object'))), 'no object');
  }),
  ...forBoth(api, [66], 'suppress is re-entrant', async ({ within }) => {
    const ignore = api.suppress(RangeError);
    const log: string[] = [];
    await within(ignore, () => {
      log.push('outer');
      throw new RangeError('outer');
    });
    await within(ignore, () => within(ignore, () => {
      throw new RangeError('inner');
    }));
    same(log.length, 1);
  }),
];
