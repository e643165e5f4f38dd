import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { AuthorRuns } from './authorship'
import { diffWords } from './redline/word-diff'

/** Texts of blocks by id, and who wrote their characters. */
export interface Authored<Author> {
  readonly doc: ProseMirrorNode
  readonly authors: ReadonlyMap<string, AuthorRuns<Author>>
}

/**
 * Who wrote the words of a body, where some of its blocks were made anew since an earlier state of it: by a move, by
 * undo, by a version that was put back. In Yjs they are then whose page made them; but words that the same block said
 * before are whose they were.
 */
export function inheritedAuthors<Author>(
  now: Authored<Author>,
  before: Authored<Author>,
): ReadonlyMap<string, AuthorRuns<Author>> {
  const texts = textsOf(before.doc)
  const authors = new Map(now.authors)
  for (const [id, text] of textsOf(now.doc)) {
    const [runs, old, was] = [now.authors.get(id), before.authors.get(id), texts.get(id)]
    if (!runs || !old || was === undefined || isSame(runs, old)) continue
    const [each, each0] = [spread(runs), spread(old)]
    if (each.length !== text.length || each0.length !== was.length) continue
    let [at, at0] = [0, 0]
    for (const { kind, text: words } of diffWords(was, text)) {
      for (let n = 0; kind === 'same' && n < words.length; n += 1) each[at + n] = each0[at0 + n] as Author
      if (kind !== 'removed') at += words.length
      if (kind !== 'added') at0 += words.length
    }
    authors.set(id, gathered(each))
  }
  return authors
}

/** Without line breaks and whatever else is no character: they have no author. */
function textsOf(doc: ProseMirrorNode): Map<string, string> {
  const texts = new Map<string, string>()
  doc.descendants((node) => {
    if (!node.isTextblock) return true
    const id: unknown = node.attrs.id
    const words = node.children.map((child) => (child.isText ? child.text : '')).join('')
    if (typeof id === 'string' && !texts.has(id)) texts.set(id, words)
    return false
  })
  return texts
}

const isSame = <Author>(a: AuthorRuns<Author>, b: AuthorRuns<Author>): boolean =>
  a.length === b.length &&
  a.every(({ author, length }, n) => author === b[n]?.author && length === b[n]?.length)

const spread = <Author>(runs: AuthorRuns<Author>): Author[] =>
  runs.flatMap(({ author, length }) => Array.from({ length }, () => author))

function gathered<Author>(each: readonly Author[]): AuthorRuns<Author> {
  const runs: { author: Author; length: number }[] = []
  for (const author of each) {
    const last = runs.at(-1)
    if (last && last.author === author) last.length += 1
    else runs.push({ author, length: 1 })
  }
  return runs
}
