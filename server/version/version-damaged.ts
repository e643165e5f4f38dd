import { PublicError } from '../../lib/errors'

/** A version that is not stored as it was frozen. It is never answered with something else. */
export class VersionDamaged extends PublicError {
  constructor(versionId: string, what: string) {
    super('unavailable', {
      sentence:
        'This version is damaged where it is stored. Nothing of it is shown or put back; the document and its other versions are not touched by that.',
      detail: `Version ${versionId} is damaged (${what}).`,
    })
  }
}
