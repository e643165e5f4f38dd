/** The beginning of a text, at most so many UTF-16 code units: whole characters alone, half of one is no text. */
export const cutText = (text: string, max: number): string =>
  text.length <= max ? text : text.slice(0, max).replace(/[\ud800-\udbff]$/, '')
