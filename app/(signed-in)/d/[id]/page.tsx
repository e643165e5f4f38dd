import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { InboxButton } from '../../../../components/inbox/inbox-button'
import { templateByKey } from '../../../../lib/content/template'
import { parseDocumentId } from '../../../../lib/id'
import { resolveAccess } from '../../../../server/access/resolve'
import { getDocument } from '../../../../server/document/commands'
import { readOutline } from '../../../../server/document/section-outline'
import { countInbox } from '../../../../server/inbox/list'
import { getReview } from '../../../../server/review/present'
import { runtime } from '../../../../server/runtime'
import { signedIn } from '../../signed-in'
import { DocumentPage } from './document-page'

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<{ thread?: string | string[] }>
}

/** Who looks, what they may do, and the document; asked once for the page and its metadata. */
const load = cache(async (given: string, thread: string | null) => {
  const id = parseDocumentId(given)
  if (!id) notFound()
  // A link to a thread leads there after signing in as well.
  const principal = await signedIn(thread ? `/d/${id}?thread=${thread}` : `/d/${id}`)
  const { pool } = runtime()
  const access = await resolveAccess(pool, principal, id)
  if (!access?.abilities.has('read')) notFound()
  return { principal, access, document: await getDocument(pool, principal, access) }
})

const loadFor = async ({ params, searchParams }: Props) => {
  const { thread } = await searchParams
  const isId = typeof thread === 'string' && parseDocumentId(thread) !== null
  return load((await params).id, isId ? thread : null)
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { document } = await loadFor(props)
  return { title: { absolute: `${document.title} · ${document.number ?? 'Rationale'}` } }
}

export default async function Page(props: Props) {
  const { principal, access, document } = await loadFor(props)
  const sections = await readOutline(runtime().pool, access, { clock: null })
  const template = templateByKey(document.templateKey)
  const advice = Object.fromEntries(
    (template?.sections ?? []).flatMap(({ key, guidance }) => (guidance === null ? [] : [[key, guidance]])),
  )
  const { id, name, color } = principal.person
  return (
    <DocumentPage
      key={document.id}
      person={{ id, name, color }}
      document={document}
      canWrite={access.abilities.has('write') && !document.fromNewerRelease}
      sections={sections}
      advice={advice}
      review={await getReview(runtime().pool, principal, access)}
      nowMs={runtime().now()}
      inbox={<InboxButton personId={id} first={await countInbox(runtime().pool, id)} unreadOnly />}
    />
  )
}
