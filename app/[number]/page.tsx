import { notFound, redirect } from 'next/navigation'
import { documentAddress } from '../../components/home/document-words'
import { documentOfNumber } from '../../server/document/of-number'
import { runtime } from '../../server/runtime'
import { signedIn } from '../(signed-in)/signed-in'

/** Short addresses: `/42` and `/TDD-0042`. Anything else at this depth is nothing. */
export default async function NumberPage({ params }: { params: Promise<{ number: string }> }) {
  const { number } = await params
  if (!/^[A-Za-z0-9-]{1,20}$/.test(number)) notFound()
  const principal = await signedIn(`/${number}`)
  const id = await documentOfNumber(runtime().pool, principal, number)
  if (!id) notFound()
  redirect(documentAddress(id))
}
