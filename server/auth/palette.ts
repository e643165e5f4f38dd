/**
 * The colours of people, for caret, avatar and whatever else is somebody's: twelve hues of one lightness,
 * ordered so that neighbours in the list are far apart. Each has a contrast of at least 4.5 : 1 against white
 * (a name in white upon it, or the colour upon light paper) and 3 : 1 against dark paper (WCAG 2.2, 1.4.3 and
 * 1.4.11; a test measures it).
 */
export const palette = [
  '#3370d7',
  '#bf4588',
  '#00845f',
  '#ac6009',
  '#895bcc',
  '#108086',
  '#ca4542',
  '#548007',
  '#6765d7',
  '#887210',
  '#aa4fb0',
  '#007ca5',
] as const

/** The colour of the nth person of an installation, counted from 0: the first twelve all differ. */
export const colorOfNth = (n: number): string => palette[n % palette.length] ?? palette[0]
