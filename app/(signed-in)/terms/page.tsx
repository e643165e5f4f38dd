import type { Metadata } from 'next'
import { TermList } from '../../../components/home/term-list'
import { signedIn } from '../signed-in'

export const metadata: Metadata = { title: 'Terms' }

export default async function TermsPage() {
  const { person } = await signedIn('/terms')
  return <TermList person={person} />
}
