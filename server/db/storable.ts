/** PostgreSQL has no NUL in texts, nor half of a character. */
export const storable = (text: string): string =>
  text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd')
