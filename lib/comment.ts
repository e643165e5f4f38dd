/** What a comment holds beside its words: whom it names, and the signs under it. Rules only. */

/** The signs that can be set under a comment, in the order in which they are offered. */
export const reactions = ['👍', '❤️', '🎉', '👀', '😕', '👎'] as const
export type Reaction = (typeof reactions)[number]

export const reactionNames: Record<Reaction, string> = {
  '👍': 'Thumbs up',
  '❤️': 'Heart',
  '🎉': 'Hooray',
  '👀': 'Looking into it',
  '😕': 'Confused',
  '👎': 'Thumbs down',
}

/** The reaction that somebody means; null: it is none of ours. */
export const parseReaction = (text: string): Reaction | null =>
  reactions.find((reaction) => reaction === text) ?? null

/** How many people one comment names at most: more are not asked, they are addressed. */
export const mostMentions = 50

/** A comment names a person as `@[id]`: by who they are, not by what they are called today. */
const mention = /@\[([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\]/g

export const mentionOf = (personId: string): string => `@[${personId}]`

/** Whom a comment names, each once, in the order of their first places. */
export const mentionsIn = (body: string): string[] => [
  ...new Set(Array.from(body.matchAll(mention), ([, id]) => id ?? '')),
]

/** A piece of a comment: words, or somebody who is named there. */
export type CommentPart = { readonly text: string } | { readonly personId: string }

export function commentParts(body: string): CommentPart[] {
  const parts: CommentPart[] = []
  let from = 0
  for (const found of body.matchAll(mention)) {
    if (found.index > from) parts.push({ text: body.slice(from, found.index) })
    parts.push({ personId: found[1] ?? '' })
    from = found.index + found[0].length
  }
  if (from < body.length) parts.push({ text: body.slice(from) })
  return parts
}

/** Somebody who can be named. */
interface Named {
  readonly id: string
  readonly name: string
}

/** A comment as plain words: `@Grace Hopper` for each mention. Of people who are not known, `@somebody`. */
export const namedInFull = (body: string, people: readonly Named[]): string =>
  commentParts(body)
    .map((part) =>
      'text' in part
        ? part.text
        : `@${people.find((person) => person.id === part.personId)?.name ?? 'somebody'}`,
    )
    .join('')
