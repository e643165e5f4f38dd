import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { InboxButton } from '../../../../components/inbox/inbox-button'
import { TextBeginning } from '../../../../components/version/text-beginning'
import { templateByKey } from '../../../../lib/content/template/template'
import { parseDocumentId } from '../../../../lib/id'
import { resolveAccess } from '../../../../server/access/resolve'
import { getDocument } from '../../../../server/document/commands'
import { readOpening } from '../../../../server/document/section-outline'
import { countInbox } from '../../../../server/inbox/list'
import { getReview } from '../../../../server/review/present'
import { runtime } from '../../../../server/runtime'
import { signedIn } from '../../signed-in'
import { DocumentPage } from './document-page'

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Who looks, what they may do, and the document; asked once for the page and its metadata. */
const load = cache(async (given: string, place: string) => {
  const id = parseDocumentId(given)
  if (!id) notFound()
  const principal = await signedIn(`/d/${id}${place}`)
  const { pool } = runtime()
  const access = await resolveAccess(pool, principal, id)
  if (!access?.abilities.has('read')) notFound()
  return { principal, access, document: await getDocument(pool, principal, access) }
})

const loadFor = async ({ params, searchParams }: Props) => {
  return load((await params).id, placeIn(await searchParams))
}

/** Where in the document a link leads, as a query: it leads there after signing in as well. */
function placeIn(query: Record<string, string | string[] | undefined>): string {
  const place = new URLSearchParams()
  for (const name of ['thread', 'comment']) {
    const id = query[name]
    if (typeof id === 'string' && parseDocumentId(id)) place.set(name, id)
  }
  if (query.review === 'changes') place.set('review', 'changes')
  return place.size > 0 ? `?${place}` : ''
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { document } = await loadFor(props)
  return { title: { absolute: `${document.title} · ${document.number ?? 'Rationale'}` } }
}

export default async function Page(props: Props) {
  const { principal, access, document } = await loadFor(props)
  const { sections, beginning } = await readOpening(runtime().pool, access)
  const template = templateByKey(document.templateKey)
  const advice = Object.fromEntries(
    (template?.sections ?? []).flatMap(({ key, guidance }) => (guidance === null ? [] : [[key, guidance]])),
  )
  const canWrite = access.abilities.has('write') && !document.fromNewerRelease
  const { id, name, color } = principal.person
  return (
    <DocumentPage
      key={document.id}
      person={{ id, name, color }}
      document={document}
      canWrite={canWrite}
      sections={sections}
      advice={advice}
      review={await getReview(runtime().pool, principal, access)}
      nowMs={runtime().now()}
      beginning={
        beginning.blocks.length > 0 && !document.fromNewerRelease ? (
          <TextBeginning {...{ beginning, sections, advice, canWrite }} />
        ) : null
      }
      inbox={
        <InboxButton personId={id} first={await countInbox(runtime().pool, id, runtime().now())} unreadOnly />
      }
    />
  )
}
