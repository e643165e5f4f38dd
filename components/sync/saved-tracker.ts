/**
 * What has been written here and not yet been said to be on disk.
 *
 * The server acknowledges cumulatively: "the first n update messages of this connection are committed". So
 * this side counts the update messages it sends on a connection, and remembers which local changes each of
 * them carries. When the connection ends, what was under way counts as unsent again: the next connection's
 * sync step 2 carries all of it.
 */
export type SentKind = 'update' | 'step2'

interface Sent<Mark> {
  /** Changes that this message carries. */
  readonly changes: number
  readonly atMs: number
  readonly mark: Mark
}

export class SavedTracker<Mark> {
  /** Changes that no message carries yet. */
  #unsent: number
  /** Update messages sent on this connection, whether acknowledged or not. */
  #sentCount = 0
  #acknowledgedCount = 0
  readonly #underWay: Sent<Mark>[] = []

  /** @param unsent Changes that an earlier page left in the local store. */
  constructor(unsent = 0) {
    this.#unsent = unsent
  }

  /** One local transaction changed the document. Call it before the transport hears of the same change. */
  changed(): void {
    this.#unsent += 1
  }

  /**
   * One update message left. An update carries the newest change alone: older ones may still wait for step 2
   * (a stock client sends updates between opening and its step 2). Step 2 carries everything.
   */
  sent(kind: SentKind, atMs: number, mark: Mark): void {
    const changes = kind === 'step2' ? this.#unsent : Math.min(1, this.#unsent)
    this.#unsent -= changes
    this.#sentCount += 1
    this.#underWay.push({ changes, atMs, mark })
  }

  /** The server says that the first `count` messages of this connection are committed. */
  acknowledged(count: number): readonly Mark[] {
    // A count beyond what was sent would promise what nobody wrote; a smaller one than before is old news.
    const reached = Math.min(count, this.#sentCount)
    const fresh = Math.max(0, reached - this.#acknowledgedCount)
    this.#acknowledgedCount += fresh
    return this.#underWay.splice(0, fresh).map((sent) => sent.mark)
  }

  /** The connection ended, in whatever way. */
  closed(): void {
    for (const sent of this.#underWay) this.#unsent += sent.changes
    this.#underWay.length = 0
    this.#sentCount = 0
    this.#acknowledgedCount = 0
  }

  /** Changes that are not known to be on disk. */
  get pending(): number {
    return this.#underWay.reduce((sum, sent) => sum + sent.changes, this.#unsent)
  }

  /** Since when the oldest message that carries a change waits for its acknowledgement. Null: none does. */
  get waitingSinceMs(): number | null {
    return this.#underWay.find((sent) => sent.changes > 0)?.atMs ?? null
  }

  /** True when the server has answered for everything sent on this connection, at least one message. */
  get settled(): boolean {
    return this.#acknowledgedCount > 0 && this.#underWay.length === 0
  }
}
