import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { TermList } from '../../../components/home/term-list'
import { parseTheme, themeCookie } from '../../../components/shell/theme'
import { signedIn } from '../signed-in'

export const metadata: Metadata = { title: 'Terms' }

export default async function TermsPage() {
  const { person } = await signedIn('/terms')
  return <TermList person={person} theme={parseTheme((await cookies()).get(themeCookie)?.value)} />
}
