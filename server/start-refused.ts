/**
 * The process cannot start or go on, and the operator can do something about it. The message is a whole
 * sentence for the terminal: what is wrong, and what to do. It is printed without a stack, exit code 1.
 */
export class StartRefused extends Error {
  override readonly name = 'StartRefused'
}
