import type { ReviewerAnswer } from '../../lib/api-review'
import { appendixMarkdown } from '../../lib/content/appendix'
import { PublicError } from '../../lib/errors'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import { digest } from '../auth/secret'
import type { Queryable } from '../db/open'
import type { Content } from '../document/content'
import { readOutline } from '../document/section-outline'
import { etagOf } from '../http/file'
import { locate } from './located'
import { presentThread } from './present'
import { readThreads } from './store'

/**
 * A document as Markdown, with its threads and sign-offs behind it.
 *
 * @param given.reviewers who was asked to review, as the review says it.
 * @throws PublicError `invalid` for another format than Markdown.
 */
export async function withAppendix(
  db: Queryable,
  principal: Principal,
  access: Access,
  { content, reviewers }: { content: Content; reviewers: readonly ReviewerAnswer[] },
): Promise<Content> {
  const { mediaType } = content
  if (!mediaType.startsWith('text/markdown')) {
    throw new PublicError('invalid', { sentence: 'Only Markdown has an appendix. Ask for that format.' })
  }
  const rows = await readThreads(db, principal.personId, access.documentId)
  const located = await locate(db, access.documentId)
  const appendix = appendixMarkdown({
    threads: rows.map((row) => presentThread(row, located)),
    reviewers,
    sections: await readOutline(db, access, { clock: null }),
    titleOf: located.titleOf,
  })
  const body = content.body === '' ? appendix : `${content.body.replace(/\n*$/, '\n\n')}${appendix}`
  return { body, mediaType, etag: etagOf(digest(body)) }
}
