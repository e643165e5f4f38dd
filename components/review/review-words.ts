import type {
  MissingAnswer,
  ReviewerAnswer,
  ReviewerPreviewAnswer,
  SectionChangeAnswer,
} from '../../lib/api-review'
import { listed } from '../../lib/listed'
import type { Standing, VerdictKind } from '../../lib/review'

/** What a reviewer's standing is called, behind their name. */
export function standingWords({ state, standing, changes, passedTo }: ReviewerAnswer): string {
  if (state === 'released') return 'was released'
  if (state === 'stepped_aside') return 'stepped aside'
  if (state === 'handed_over') return passedTo ? `handed over to ${passedTo.name}` : 'handed over'
  if (standing === 'approved_changed') return `approved, ${countOf(changes.length, 'section')} changed since`
  return plainStandings[standing]
}

const plainStandings: Record<Exclude<Standing, 'approved_changed'>, string> = {
  waiting: 'has not answered yet',
  approved: 'approved',
  conditional: 'approves once the conditions are met',
  changes_requested: 'requested changes',
  commented: 'commented',
}

/** What each verdict means to the person who gives it. */
export const verdictMeanings: Record<VerdictKind, string> = {
  approve: 'It can be built as it stands.',
  approve_if: 'It can be built once my conditions are met.',
  request_changes: 'It has to change, and I want to see it again.',
  comment: 'What I noticed; neither for nor against.',
}

/** `1 section`, `2 sections`. */
export const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** The first few of many names, and how many more there are. */
export function listedShort(names: readonly string[], most = 3): string {
  if (names.length <= most) return listed(names)
  const shown = names.slice(0, most - 1)
  return `${shown.join(', ')} and ${names.length - shown.length} more`
}

/** One thing that is missing before approval, as a line of a list. */
export function missingWords({ reason, person }: MissingAnswer): string {
  switch (reason) {
    case 'no_reviewer':
      return 'Nobody has been asked to review it.'
    case 'approval':
      return person
        ? `${person.name} has not approved this text.`
        : 'A required reviewer has not approved it.'
    case 'not_an_author':
      return 'Nobody but its authors has approved it.'
    case 'blocking_thread':
      return person ? `A thread of ${person.name}’s must be resolved.` : 'A thread must be resolved.'
    case 'concern':
      return person ? `A concern of ${person.name}’s has no answer.` : 'A concern has no answer.'
  }
}

const changeWords: Record<SectionChangeAnswer['change'], string> = {
  changed: '',
  added: 'new',
  removed: 'removed',
  moved: 'moved',
}

/** A changed section in a list: its title, and what happened to it where that is not just other words. */
export function changedSectionWords({ title, change }: SectionChangeAnswer): string {
  const name = title || 'Untitled section'
  return change === 'changed' ? name : `${name} (${changeWords[change]})`
}

/** The first digits of a hash, enough to tell versions apart by eye. */
export const shortHash = (hash: string): string => hash.slice(0, 10)

const toldWords: Record<ReviewerPreviewAnswer['told'], (one: boolean) => string> = {
  mail: (one) => (one ? 'gets a mail at once.' : 'get a mail at once.'),
  digest: (one) => (one ? 'finds it in the mail of the day.' : 'find it in the mail of the day.'),
  inbox: (one) => (one ? 'finds it in the inbox, without a mail.' : 'find it in the inbox, without a mail.'),
  nothing: (one) => (one ? 'is told nothing: tell them yourself.' : 'are told nothing: tell them yourself.'),
}

/**
 * What asking people means, said beforehand: how each hears of it, and who is asked in whose place.
 *
 * @param personIds who is on the list; a preview that is still of another list is of no use for those who left it.
 */
export function previewWords(
  previews: readonly ReviewerPreviewAnswer[],
  personIds: readonly string[],
): string[] {
  const shown = previews.filter(({ person }) => personIds.includes(person.id))
  const kinds = ['mail', 'digest', 'inbox', 'nothing'] as const
  return [
    ...shown.flatMap(({ person, standIn }) =>
      standIn ? [`${person.name} is away: ${standIn.name} is asked instead.`] : [],
    ),
    ...kinds.flatMap((kind) => {
      const names = shown
        .filter(({ told }) => told === kind)
        .map(({ person, standIn }) => (standIn ?? person).name)
      return names.length > 0 ? [`${listed(names)} ${toldWords[kind](names.length === 1)}`] : []
    }),
  ]
}
