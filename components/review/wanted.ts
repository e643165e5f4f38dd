import type { ReviewAnswer } from '../../lib/api-review'
import type { Person } from '../../lib/person'
import { calendarDay, endOfDay } from './due-words'
import { hasSpoken } from './my-part'

/** Somebody on the list of whom to ask, while it is being made. */
export interface Wanted {
  readonly person: Person
  readonly required: boolean
  readonly sectionIds: readonly string[] | null
  /** They have spoken: they stay on the list. */
  readonly stays: boolean
  /** They were asked before: nothing new is sent to them for being on the list. */
  readonly asked: boolean
}

/** The list as it stands in a review. */
export const wantedOf = (review: ReviewAnswer): Wanted[] =>
  review.reviewers
    .filter(({ state }) => state === 'asked')
    .map((reviewer) => ({
      person: reviewer.person,
      required: reviewer.required,
      sectionIds: reviewer.sectionIds,
      stays: hasSpoken(reviewer),
      asked: true,
    }))

/** The due date of the list: the first that anybody has; an empty text: none. */
export function dayOf(review: ReviewAnswer): string {
  const due = review.reviewers.find(({ state, dueAt }) => state === 'asked' && dueAt !== null)?.dueAt
  return due ? calendarDay(new Date(due)) : ''
}

/** The list as the API takes it. @param day the day until which answers are wanted; empty: none. */
export function asked(list: readonly Wanted[], day: string) {
  const dueAt = endOfDay(day)?.toISOString() ?? null
  return list.map(({ person, required, sectionIds }) => ({
    personId: person.id,
    required,
    sectionIds: sectionIds === null || sectionIds.length === 0 ? null : [...sectionIds],
    dueAt,
  }))
}
