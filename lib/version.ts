/**
 * A version is a frozen document: its content, when, by whom, and SHA-256 of what it says. Rules only.
 */

/**
 * Why a version was frozen. Freezing the same content again gives the same version: what weighs more, and stands
 * further to the end here, then takes the place of what weighs less.
 */
export const versionReasons = [
  'burst',
  'large_deletion',
  'before_restore',
  'named',
  'review',
  'status',
] as const
export type VersionReason = (typeof versionReasons)[number]

export const weightOf = (reason: VersionReason): number => versionReasons.indexOf(reason)

export const versionReasonNames: Record<VersionReason, string> = {
  burst: 'Edited',
  large_deletion: 'Before much was deleted',
  before_restore: 'Before an earlier version was put back',
  named: 'Kept',
  review: 'Review',
  status: 'Status changed',
}

/** Length of a version's name, in UTF-16 code units, after trimming. */
export const versionNameMax = 100

/** Stands for the text as it is saved now, where a version's id could stand. */
export const head = 'head'

/** A name as it is kept: trimmed, white space collapsed. Null: it is empty, or too long. */
export function versionNameOf(text: string): string | null {
  const name = text.replace(/\s+/gu, ' ').trim()
  return name === '' || name.length > versionNameMax ? null : name
}

/** A burst of editing is over when nobody has written for so long, in ms. */
export const burstEndsAfterMs = 10 * 60_000

/** Fewer characters than this (UTF-16 units) are not much to delete, however short the text is. */
export const largeDeletionLeast = 1_000
/** Which part of a text is much of it. */
const largeDeletionShare = 0.3

/** @param before @param after how long a text was and is, in UTF-16 units. */
export const isLargeDeletion = (before: number, after: number): boolean =>
  before - after >= Math.max(largeDeletionLeast, before * largeDeletionShare)
