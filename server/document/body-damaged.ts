import { PublicError } from '../../lib/errors'
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
export class BodyDamaged extends PublicError {
  readonly documentId: DocumentId
  readonly damage: Damage

  constructor(documentId: DocumentId, damage: Damage) {
    super('unavailable', {
      sentence:
        'The stored text of this document is damaged. Nothing of it is shown or changed; whoever runs this server can bring it back from a backup.',
      detail: `The stored body of ${documentId} is damaged (${damage}).`,
    })
    this.documentId = documentId
    this.damage = damage
  }
}
