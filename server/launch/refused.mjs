/**
 * The launcher's form of `server/start-refused.ts`: a sentence for the operator, printed without a stack.
 *
 * @param {string} sentence what is wrong, and what to do.
 * @param {unknown} [cause]
 */
export function refused(sentence, cause) {
  const error = new Error(sentence, { cause })
  error.name = 'StartRefused'
  return error
}
