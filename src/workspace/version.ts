/** The version that package.json states; a test compares the two. */
export const VERSION = '0.1.0';
