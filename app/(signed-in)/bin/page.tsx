import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { Bin } from '../../../components/home/bin'
import { parseTheme, themeCookie } from '../../../components/shell/theme'
import { runtime } from '../../../server/runtime'
import { signedIn } from '../signed-in'

export const metadata: Metadata = { title: 'Bin' }

export default async function BinPage() {
  const { person } = await signedIn('/bin')
  const theme = parseTheme((await cookies()).get(themeCookie)?.value)
  return <Bin person={person} theme={theme} nowMs={runtime().now()} />
}
