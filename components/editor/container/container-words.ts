import type { CalloutKind, DecisionState } from '../../../lib/content/attribute'

/** Kinds of a callout, as a person reads them. */
export const calloutWords: Readonly<Record<CalloutKind, string>> = {
  note: 'Note',
  tip: 'Tip',
  important: 'Important',
  warning: 'Warning',
  caution: 'Caution',
}

/** States of a decision, as a person reads them. */
export const decisionWords: Readonly<Record<DecisionState, string>> = {
  proposed: 'Proposed',
  accepted: 'Accepted',
  rejected: 'Rejected',
  superseded: 'Superseded',
}

export const calloutWord = (kind: unknown): string => calloutWords[kind as CalloutKind] ?? calloutWords.note
export const decisionWord = (state: unknown): string =>
  decisionWords[state as DecisionState] ?? decisionWords.proposed

const dayWords = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** `12 November 2026`: a day, or that of a moment in UTC. @param at as ISO 8601 writes it. */
export const dayInWords = (at: string): string => dayWords.format(new Date(at))

/** `Ada, Grace · 12 November 2026`, or as much of it as is known. */
export function aboutDecision(attrs: Readonly<Record<string, unknown>>): string {
  const { day, deciders } = attrs
  const when = typeof day === 'string' ? dayInWords(day) : ''
  return [typeof deciders === 'string' ? deciders : '', when].filter(Boolean).join(' · ')
}
