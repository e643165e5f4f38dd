/** Text as a part of a regular expression that means just that text, with or without `u`. */
export const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

const inWord = '[\\p{L}\\p{M}\\p{N}_]'

/** A regular expression (with `u`) where it does not begin or end within a word. */
export const wholeWord = (source: string): string => `(?<!${inWord})(?:${source})(?!${inWord})`
