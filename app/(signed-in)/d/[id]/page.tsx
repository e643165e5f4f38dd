import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { DocumentPage } from '../../../../components/document/document-page'
import { templateByKey } from '../../../../lib/content/template'
import { parseDocumentId } from '../../../../lib/id'
import { resolveAccess } from '../../../../server/access/resolve'
import { getDocument } from '../../../../server/document/commands'
import { readOutline } from '../../../../server/document/content'
import { runtime } from '../../../../server/runtime'
import { signedIn } from '../../signed-in'

type Props = { params: Promise<{ id: string }> }

/** Who looks, what they may do, and the document; asked once for the page and its metadata. */
const load = cache(async (given: string) => {
  const id = parseDocumentId(given)
  if (!id) notFound()
  const principal = await signedIn(`/d/${id}`)
  const { pool } = runtime()
  const access = await resolveAccess(pool, principal, id)
  if (!access?.abilities.has('read')) notFound()
  return { principal, access, document: await getDocument(pool, principal, access) }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { document } = await load((await params).id)
  return { title: { absolute: `${document.title} · ${document.number ?? 'Rationale'}` } }
}

export default async function Page({ params }: Props) {
  const { principal, access, document } = await load((await params).id)
  const { items } = await readOutline(runtime().pool, access, { clock: null })
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
      canWrite={access.abilities.has('write')}
      sections={items}
      advice={advice}
    />
  )
}
