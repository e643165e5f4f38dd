import type { Metadata } from 'next'
import { Inbox } from '../../../components/inbox/inbox'
import { listInbox } from '../../../server/inbox/list'
import { runtime } from '../../../server/runtime'
import { signedIn } from '../signed-in'

export const metadata: Metadata = { title: 'Inbox' }

export default async function InboxPage() {
  const principal = await signedIn('/inbox')
  const { pool, now } = runtime()
  const first = await listInbox(pool, principal, { filter: 'waiting', limit: 50, now: now() })
  return <Inbox person={principal.person} first={first} nowMs={now()} />
}
