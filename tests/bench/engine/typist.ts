import * as Y from 'yjs'
import { addParagraph } from '../../support/raw-body'
import type { Arrivals } from './arrivals'
import { Member } from './member'
import type { Target } from './target'

/** Somebody who types at the end of a paragraph of their own: each letter is one real Yjs update. */
export class Typist {
  readonly member: Member
  readonly #doc: Y.Doc
  readonly #text: Y.XmlText
  readonly #arrivals: Arrivals
  /** When each update message left, by its number; to know when it is said to be saved. */
  readonly #sentAt: number[] = []
  #saved = 0
  #savedMs: number[] = []
  typed = 0

  private constructor(member: Member, doc: Y.Doc, arrivals: Arrivals) {
    this.member = member
    this.#doc = doc
    this.#arrivals = arrivals
    doc.on('update', (update: Uint8Array) => {
      this.#sentAt[member.updatesSent + 1] = performance.now()
      member.sendUpdate(update)
    })
    this.#text = addParagraph(doc, '')
    member.onSaved = (through) => {
      const now = performance.now()
      for (let n = this.#saved + 1; n <= through; n += 1) {
        const at = this.#sentAt[n]
        if (at !== undefined) this.#savedMs.push(now - at)
      }
      this.#saved = through
    }
  }

  /** @param seat which document, and which of the five people. */
  static async join(
    target: Target,
    seat: { document: number; person: number },
    arrivals: Arrivals,
  ): Promise<Typist> {
    const doc = new Y.Doc()
    const own = () => Y.encodeStateAsUpdate(doc)
    const member = await Member.join(target, await target.seat(seat.document, seat.person), doc.clientID, own)
    const heard = arrivals.reader()
    member.onText = (update) => heard(update)
    await member.synced
    return new Typist(member, doc, arrivals)
  }

  type(): void {
    // Before it is made: making it is the client's work, and part of what its person waits for.
    this.#arrivals.sent(this.#doc.clientID, Y.getState(this.#doc.store, this.#doc.clientID))
    this.typed += 1
    this.#text.insert(this.#text.length, letters[this.typed % letters.length] ?? 'x')
  }

  /** From an update leaving to its `saved`, in ms, since this was asked last. */
  takeSavedMs(): number[] {
    const taken = this.#savedMs
    this.#savedMs = []
    return taken
  }
}

const letters = 'the quick brown fox jumps over the lazy dog '
