import { toHexString } from 'lib0/buffer'
import { digest } from 'lib0/hash/sha256'
import { encodeUtf8 } from 'lib0/string'
import type { TemplateSection } from './template-shape'

/**
 * Guidance in a file: a template's advice to the author, standing where the author's text should be. It is
 * drawn by the product and never imported as content. Ours is known by its text; guidance of files from
 * elsewhere is known by fingerprints, so that other people's sentences are not kept here.
 */

/** Longest text that is looked at, in UTF-16 code units: no guidance is longer. */
const maxLength = 1_000
/** Guidance that somebody wrapped has at most so many lines; each costs a hash in each paragraph. */
const maxLines = 8

/** Text as it is compared: composed, quotes and dashes made plain, white space collapsed. */
export const normalisedGuidance = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[‘’‛′]/gu, "'")
    .replace(/[“”‟″]/gu, '"')
    .replace(/\p{Pd}/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim()

/** The first 16 hex digits of the SHA-256 of the normalised text in UTF-8. */
export const fingerprint = (text: string): string =>
  toHexString(digest(encodeUtf8(normalisedGuidance(text)))).slice(0, 16)

/** True when this text is a section's guidance, in our words or in those of a known file. */
export function isGuidance(text: string, section: TemplateSection): boolean {
  if (text.length > maxLength || section.guidance === null) return false
  const normalised = normalisedGuidance(text)
  if (normalised === '') return false
  if (normalised === normalisedGuidance(section.guidance)) return true
  return section.foreignGuidance.length > 0 && section.foreignGuidance.includes(fingerprint(text))
}

/**
 * How many UTF-16 code units at the start of a paragraph (its lines parted by `\n`) are guidance: whole lines
 * only, so that what an author wrote beneath survives, and so does a line that the author changed.
 */
export function guidanceLength(paragraph: string, section: TemplateSection): number {
  let end = -1
  let found = 0
  for (let line = 0; line < maxLines; line++) {
    const next = paragraph.indexOf('\n', end + 1)
    end = next < 0 ? paragraph.length : next
    if (end > maxLength) break
    if (isGuidance(paragraph.slice(0, end), section)) found = end
    if (next < 0) break
  }
  return found
}
