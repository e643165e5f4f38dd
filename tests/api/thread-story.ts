import type { Told } from './world'

/** The sentence of a refusal. */
export const said = (told: Told): string => String(told.body?.error?.message ?? '')

/** How many sentences a refusal takes: people read two. */
export const maxSentences = (text: string): number => text.split(/[.!?](?:\s|$)/).filter(Boolean).length
