import type { Metadata } from 'next'
import { Home } from '../../components/home/home'
import { filterAddress, filterQuery, parseFilter } from '../../components/home/home-filter'
import { InboxButton } from '../../components/inbox/inbox-button'
import { WaitsOnMe } from '../../components/inbox/waits-on-me'
import { templates } from '../../lib/content/template/template'
import { listDocuments } from '../../server/document/commands'
import { hasDecisions } from '../../server/document/decision-store'
import { countInbox, listInbox } from '../../server/inbox/list'
import { listReviewBriefs } from '../../server/review/brief'
import { runtime } from '../../server/runtime'
import { signedIn } from './signed-in'

export const metadata: Metadata = { title: { absolute: 'Documents · Rationale' } }

type Query = Record<string, string | string[] | undefined>

export default async function HomePage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const filter = parseFilter({ get: (name) => [query[name]].flat()[0] ?? null })
  const principal = await signedIn(filterAddress(filter))
  const { personId } = principal
  const { pool, now } = runtime()
  const first = await listDocuments(pool, principal, { ...filterQuery(filter), limit: 50 })
  const ids = first.items.map((document) => document.id)
  return (
    <Home
      person={principal.person}
      first={first}
      firstReviews={await listReviewBriefs(pool, principal, ids)}
      templates={templates.map(({ key, name, description }) => ({ key, name, description }))}
      inbox={<InboxButton personId={personId} first={await countInbox(pool, personId, now())} />}
      waits={
        <WaitsOnMe
          first={await listInbox(pool, principal, { filter: 'waiting', limit: 50, now: now() })}
          nowMs={now()}
        />
      }
      hasDecisions={await hasDecisions(pool, personId)}
      nowMs={now()}
    />
  )
}
