/** The tags by which a JSDoc comment tells who owns what, without their `@`. */
export const LIFECYCLE_TAGS = ['acquires', 'releases', 'owns', 'borrows', 'alias'] as const;

/** A lifecycle tag: of the parameter with that number (from 0), else of what the call gives or is made on. */
export interface LifecycleTag {
  readonly tag: (typeof LIFECYCLE_TAGS)[number];
  readonly parameter?: number;
}

/** The source of a regular expression for a text that has such a tag. */
export const MENTIONS_TAG = String.raw`@(?:${LIFECYCLE_TAGS.join('|')})\b`;

/**
 * A tag, and the name behind it, of a function with these parameters (undefined: one without a name); undefined when it is none of ours.
 * `@releases` of a function with one parameter means that one, while `@acquires` and `@owns` by themselves are about the result.
 */
export function lifecycleTag(written: string | undefined, name: string | undefined, parameters: readonly (string | undefined)[]): LifecycleTag | undefined {
  const tag = LIFECYCLE_TAGS.find((one) => one === written);
  if (tag === undefined) return undefined;
  const only = parameters.length === 1 && tag !== 'acquires' && tag !== 'owns' ? 0 : -1;
  const parameter = name === undefined ? only : parameters.indexOf(name);
  return parameter === -1 ? { tag } : { tag, parameter };
}
