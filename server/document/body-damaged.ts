import type { DocumentId } from '../../lib/id'

/** What is wrong with a stored body. */
export type Damage =
  /** Neither a snapshot nor an update: a document always has its seed. */
  | 'missing'
  /** An update that no snapshot contains does not match its checksum. */
  | 'update'
  /** What is stored rests on something that is not. */
  | 'hole'

/** A body that cannot be read whole. It is never answered with an empty or a shortened one. */
export class BodyDamaged extends Error {
  override readonly name = 'BodyDamaged'
  readonly documentId: DocumentId
  readonly damage: Damage

  constructor(documentId: DocumentId, damage: Damage) {
    super(`The stored body is damaged (${damage}).`)
    this.documentId = documentId
    this.damage = damage
  }
}
