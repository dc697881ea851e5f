import type { ResourceModel } from '../model';

const OBSERVERS: readonly (readonly [type: string, noun: string])[] = [
  ['MutationObserver', 'mutation observer'],
  ['ResizeObserver', 'resize observer'],
  ['IntersectionObserver', 'intersection observer'],
  ['PerformanceObserver', 'performance observer'],
  ['ReportingObserver', 'reporting observer'],
];

/** Observers call back until they are disconnected, or until what they observe is gone; most observe as long as the page lives. */
export const observers: readonly ResourceModel[] = OBSERVERS.map(([type, noun]) => ({
  id: `web.${type}`,
  noun,
  family: 'listener',
  lifetime: 'process',
  types: [type],
  acquires: [{ call: `new ${type}` }],
  releases: [{ method: 'disconnect' }],
}));
