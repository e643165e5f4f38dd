/**
 * Searching by words, the same for what is stored and what is asked: letters without case and accents, and
 * digits; everything else parts words. `Résumé: TDD-0042` becomes ` resume tdd 0042`.
 *
 * Done here and not in the database, whose rules for case and accents depend on how it was set up.
 *
 * @returns each word with one space before it; empty when the text has no words.
 */
export function searchKey(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
  return words === null ? '' : words.map((word) => ` ${word}`).join('')
}

/** The words of a question, as they occur in a key; each must be found. */
export const searchWords = (question: string): string[] => searchKey(question).split(' ').slice(1)

/** Scripts that part no words with spaces: there, a word is found inside another. */
const unspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u

/**
 * A pattern of SQL `like` that finds a word of `searchWords` in a key: at the beginning of a word, or
 * anywhere in scripts that write words together. Words hold letters and digits, nothing that `like` reads.
 */
export const searchPattern = (word: string): string => (unspaced.test(word) ? `%${word}%` : `% ${word}%`)
