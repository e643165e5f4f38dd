/**
 * True for one plain mail address that a mail server can be told without quoting: what somebody's provider claims
 * to be theirs may hold anything, a second address or a line of its own among it.
 */
export const isAddress = (text: string): boolean =>
  text.length <= 254 &&
  /^[^\s@<>()[\]\\,;:"\p{C}]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u.test(text)
