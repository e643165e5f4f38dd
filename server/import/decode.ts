import { PublicError } from '../../lib/errors'

/**
 * The text of an uploaded file, without a byte order mark.
 *
 * @throws PublicError `invalid` when it is not UTF-8 (another encoding, or no text at all).
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new PublicError('invalid', {
      sentence: 'This file is not text in UTF-8. Save it as UTF-8 and import it again; nothing was made.',
    })
  }
}
