/**
 * A version is a frozen document: its content, when, by whom, and SHA-256 of what it says. Rules only.
 */

/** Why a version was frozen. The first reason stays: freezing the same content again gives the same version. */
export const versionReasons = [
  'named',
  'review',
  'status',
  'burst',
  'before_restore',
  'large_deletion',
] as const
export type VersionReason = (typeof versionReasons)[number]

export const versionReasonNames: Record<VersionReason, string> = {
  named: 'Named',
  review: 'Review',
  status: 'Status changed',
  burst: 'Edited',
  before_restore: 'Before an earlier version was put back',
  large_deletion: 'Before much was deleted',
}

/** Length of a version's name, in UTF-16 code units, after trimming. */
export const versionNameMax = 100

/** Stands for the text as it is saved now, where a version's id could stand. */
export const head = 'head'
