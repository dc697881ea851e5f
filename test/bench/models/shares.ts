import type { LibraryModel } from '../../../src/engine/resources/model';

/** A share of the models, by resources: the same ones each time, spread evenly over the libraries. */
export function shareOf(models: readonly LibraryModel[], percent: number): LibraryModel[] {
  let met = 0;
  return models.flatMap((library) => {
    const resources = library.resources.filter(() => {
      met += 1;
      return Math.floor((met * percent) / 100) > Math.floor(((met - 1) * percent) / 100);
    });
    return resources.length === 0 ? [] : [{ ...library, resources }];
  });
}

export function countResources(models: readonly LibraryModel[]): number {
  return models.reduce((sum, { resources }) => sum + resources.length, 0);
}
