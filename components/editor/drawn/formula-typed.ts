/** A formula that was just ended with a dollar sign, as Tiptap's input rules want it. */
export interface TypedFormula {
  /** Where its first dollar sign stands. */
  readonly index: number
  readonly text: string
  readonly replaceWith: string
}

/**
 * `$x^2$`, with no space within the signs. What only counts money is none: a formula has a letter, a command or an
 * operator of its own in it, and neither sign stands beside a letter or a digit.
 *
 * @param text up to the caret.
 */
export function typedFormula(text: string): TypedFormula | null {
  const found = /(?<![\\$\p{L}\d])\$([^\s$](?:[^$\n]*[^\s$\\])?)\$$/u.exec(text)
  const source = found?.[1]
  if (!found || source === undefined) return null
  if (/^[\d.,]+\s*(\p{L}+\s*)?([\d.,]*|[-–/])$/u.test(source) || !/[\p{L}\\^_=<>+*]/u.test(source))
    return null
  return { index: found.index, text: found[0], replaceWith: source }
}
