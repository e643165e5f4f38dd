import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { History } from '../../../../../components/version/history'
import { addressOfPlace, placeIn } from '../../../../../components/version/history-place'
import { parseDocumentId } from '../../../../../lib/id'
import { head } from '../../../../../lib/version'
import { resolveAccess } from '../../../../../server/access/resolve'
import { getDocument } from '../../../../../server/document/commands'
import { runtime } from '../../../../../server/runtime'
import { signedIn } from '../../../signed-in'

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<{ from?: string | string[]; to?: string | string[] }>
}

const known = (given: string | string[] | undefined): string =>
  typeof given === 'string' && (given === head || parseDocumentId(given) !== null) ? given : ''

const load = cache(async (given: string, from: string, to: string) => {
  const id = parseDocumentId(given)
  if (!id) notFound()
  const place = placeIn(new URLSearchParams({ from, to }))
  const principal = await signedIn(addressOfPlace(`/d/${id}/history`, place))
  const { pool } = runtime()
  const access = await resolveAccess(pool, principal, id)
  if (!access?.abilities.has('read')) notFound()
  return { place, principal, access, document: await getDocument(pool, principal, access) }
})

const loadFor = async ({ params, searchParams }: Props) => {
  const { from, to } = await searchParams
  return load((await params).id, known(from), known(to))
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { document } = await loadFor(props)
  return { title: `History of ${document.title}` }
}

export default async function Page(props: Props) {
  const { place, principal, access, document } = await loadFor(props)
  const { id, number, title } = document
  return (
    <History
      person={principal.person}
      document={{ id, number, title }}
      place={place}
      mayKeep={access.abilities.has('keep_versions')}
      mayPutBack={access.abilities.has('write') && !document.fromNewerRelease}
      nowMs={runtime().now()}
    />
  )
}
