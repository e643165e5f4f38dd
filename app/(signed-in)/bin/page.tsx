import type { Metadata } from 'next'
import { Bin } from '../../../components/home/bin'
import { runtime } from '../../../server/runtime'
import { signedIn } from '../signed-in'

export const metadata: Metadata = { title: 'Bin' }

export default async function BinPage() {
  const { person } = await signedIn('/bin')
  return <Bin person={person} nowMs={runtime().now()} />
}
