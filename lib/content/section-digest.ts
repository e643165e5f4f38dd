import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { digest } from 'lib0/hash/sha256'
import { encodeUtf8 } from 'lib0/string'
import type { OutlineSection } from './outline'
import { substanceBetween } from './substance'

/**
 * What a section's own text says, as 32 characters: the same as long as nothing in it changes in substance. Its
 * heading is not in it, nor are the sections within it: a section that is renamed or moved says what it said.
 */
export function digestOfSection(
  doc: ProseMirrorNode,
  { ownFrom, ownEnd }: Pick<OutlineSection, 'ownFrom' | 'ownEnd'>,
): string {
  const bytes = digest(encodeUtf8(substanceBetween(doc, ownFrom, ownEnd)))
  return Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
