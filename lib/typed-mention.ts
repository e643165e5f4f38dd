import { commentParts, mentionOf } from './comment'
import { literal } from './literal'

/**
 * Mentions in a field, where a person types and reads names: `@Grace Hopper`. The field remembers whom each of them
 * stands for; what is sent has their ids.
 */

/** Whom a name in a field stands for, by the words behind the `@`. */
export type Mentioned = Readonly<Record<string, string>>

interface Nameable {
  readonly id: string
  readonly name: string
  readonly email: string | null
}

/** Signs that would change how a name is read, or cannot be seen, and line ends. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** The words for a person that no other person of this field has. */
function wordsFor(person: Nameable, mentioned: Mentioned): string {
  const name = person.name.normalize('NFC').replace(unseen, '').trim() || person.id
  const free = (words: string) => mentioned[words] === undefined || mentioned[words] === person.id
  if (free(name)) return name
  const longer = `${name} (${(person.email ?? '').replace(unseen, '') || person.id})`
  return free(longer) ? longer : `${name} (${person.id})`
}

/** What is being typed of a name: from an `@` that no letter precedes, to the caret. Null: nothing of that kind. */
export function mentionAt(
  text: string,
  caret: number,
): { readonly from: number; readonly query: string } | null {
  const found = /(?:^|[^\p{L}\p{N}_@])@([^@\n]{0,40})$/u.exec(text.slice(Math.max(0, caret - 60), caret))
  const query = found?.[1]
  // A name has few words; behind a second space it is a sentence again.
  if (query === undefined || /^\s/.test(query) || query.split(' ').length > 3) return null
  return { from: caret - query.length - 1, query }
}

/** Puts a person's name where one was begun. */
export function insertMention(
  typed: { readonly text: string; readonly mentioned: Mentioned },
  range: { readonly from: number; readonly to: number },
  person: Nameable,
): { text: string; mentioned: Mentioned; caret: number } {
  const words = wordsFor(person, typed.mentioned)
  const before = `${typed.text.slice(0, range.from)}@${words} `
  return {
    text: before + typed.text.slice(range.to).replace(/^ /, ''),
    mentioned: { ...typed.mentioned, [words]: person.id },
    caret: before.length,
  }
}

/** What is sent: an id for each name that still stands in the text, the longest names first. */
export function sentText(text: string, mentioned: Mentioned): string {
  const names = Object.keys(mentioned).sort((a, b) => b.length - a.length)
  if (names.length === 0) return text
  const pattern = new RegExp(`@(${names.map(literal).join('|')})(?![\\p{L}\\p{N}_])`, 'gu')
  return text.normalize('NFC').replace(pattern, (whole, name: string) => {
    const personId = mentioned[name]
    return personId === undefined ? whole : mentionOf(personId)
  })
}

/** A comment as it stands in a field to be changed. */
export function typedText(body: string, people: readonly Nameable[]): { text: string; mentioned: Mentioned } {
  let mentioned: Mentioned = {}
  const text = commentParts(body)
    .map((part) => {
      if ('text' in part) return part.text
      const person = people.find((one) => one.id === part.personId)
      if (!person) return mentionOf(part.personId)
      const words = wordsFor(person, mentioned)
      mentioned = { ...mentioned, [words]: person.id }
      return `@${words}`
    })
    .join('')
  return { text, mentioned }
}
