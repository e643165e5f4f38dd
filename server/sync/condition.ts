import type { DocumentId } from '../../lib/id'
import type { BodySize, LiveEvent } from '../../lib/live'
import type { Body } from './body'

/** How a document's text fares, as its people are told: how large it is, and whether a stored copy was damaged. */
export class Condition {
  readonly #body: Pick<Body, 'size'>
  readonly #documentId: DocumentId
  readonly #limitBytes: number
  readonly #tell: (event: LiveEvent) => void
  #size: BodySize
  #isDamaged: boolean

  /** @param parts.isDamaged a damaged snapshot was passed over when the body was read. */
  constructor(parts: {
    body: Pick<Body, 'size'>
    documentId: DocumentId
    limitBytes: number
    isDamaged: boolean
    tell: (event: LiveEvent) => void
  }) {
    this.#body = parts.body
    this.#documentId = parts.documentId
    this.#limitBytes = parts.limitBytes
    this.#tell = parts.tell
    this.#size = parts.body.size()
    this.#isDamaged = parts.isDamaged
  }

  /** It takes no text any more. */
  get isFull(): boolean {
    return this.#size === 'full'
  }

  get isUsual(): boolean {
    return this.#size === 'usual' && !this.#isDamaged
  }

  get event(): LiveEvent {
    return {
      type: 'body.changed',
      documentId: this.#documentId,
      size: this.#size,
      limitBytes: this.#limitBytes,
      damaged: this.#isDamaged,
    }
  }

  /** The body has changed. */
  measure(): void {
    const size = this.#body.size()
    if (size === this.#size) return
    this.#size = size
    this.#tell(this.event)
  }

  /** A damaged snapshot was found in the database; the text is whole. */
  foundDamage(): void {
    if (this.#isDamaged) return
    this.#isDamaged = true
    this.#tell(this.event)
  }
}
