import { newIdempotencyKey } from '../call-api'

/**
 * What was sent and failed may have been done all the same: the answer can be lost behind the deed. Who then presses
 * the button again sends it under the same key, and it stands there once.
 */
export class Attempts {
  readonly #keys = new Map<string, string>()

  /**
   * @param what what is sent, and where to: the same again is a repetition until it succeeded.
   * @param send given the key to send it under.
   */
  async make<Answer>(what: unknown, send: (idempotencyKey: string) => Promise<Answer>): Promise<Answer> {
    const name = JSON.stringify(what)
    const key = this.#keys.get(name) ?? newIdempotencyKey()
    this.#keys.set(name, key)
    const answer = await send(key)
    this.#keys.delete(name)
    return answer
  }
}
