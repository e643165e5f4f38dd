/**
 * The constant that a word of a row is. Every row brings a copy of it, and whoever keeps the row, as a socket
 * does for hours, would keep that.
 */
export const constantOf = <Word extends string>(words: readonly Word[], word: Word): Word =>
  words.find((known) => known === word) ?? word
