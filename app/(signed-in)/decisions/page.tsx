import type { Metadata } from 'next'
import { DecisionLog } from '../../../components/decision/decision-log'
import { listDecisions } from '../../../server/document/decision-store'
import { runtime } from '../../../server/runtime'
import { signedIn } from '../signed-in'

export const metadata: Metadata = { title: 'Decisions' }

export default async function DecisionsPage() {
  const principal = await signedIn('/decisions')
  const first = await listDecisions(runtime().pool, principal, { limit: 50 })
  return <DecisionLog person={principal.person} first={first} />
}
