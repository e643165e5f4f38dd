/** Class names joined by a space; what is false, null or empty is left out. */
export const classes = (...parts: (string | false | null | undefined)[]): string =>
  parts.filter(Boolean).join(' ')
