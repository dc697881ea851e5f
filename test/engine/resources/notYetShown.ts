/** Resources without a fixture in which they are lost (`found`), or kept well (`silent`). A line goes when its fixture comes. */
export const NOT_YET: Readonly<Record<'found' | 'silent', readonly string[]>> = {
  found: [
  ],
  silent: [],
};
