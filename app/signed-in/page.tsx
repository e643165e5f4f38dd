import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignedInNotice } from '../../components/shell/signed-in-notice'
import { pagePrincipal } from '../../server/auth/session'

export const metadata: Metadata = { title: 'Signed in' }

/** What the small sign-in window ends on. */
export default async function SignedInPage() {
  const principal = await pagePrincipal()
  if (!principal) redirect('/sign-in?window=1')
  return <SignedInNotice personId={principal.personId} name={principal.person.name} />
}
