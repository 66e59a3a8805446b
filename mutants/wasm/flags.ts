/** Name of the exported global that says whether a function has run. */
export const flagOf = (index: number): string => `$ran${index}`;
