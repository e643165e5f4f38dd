import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { UnsubscribeNotice } from '../../../components/inbox/unsubscribe-notice'
import { readUnsubscribeToken } from '../../../server/notify/unsubscribe-token'
import { runtime } from '../../../server/runtime'

export const metadata: Metadata = { title: 'Mail from Rationale' }

/** Where the link in a mail leads: nobody has to sign in to be left alone. */
export default async function UnsubscribePage(props: {
  params: Promise<{ token: string }>
  searchParams: Promise<{ done?: string }>
}) {
  const { token } = await props.params
  const given = readUnsubscribeToken(runtime().authSecret, token)
  if (!given) notFound()
  return (
    <UnsubscribeNotice
      kind={given.kind}
      action={`/api/unsubscribe/${token}`}
      done={(await props.searchParams).done !== undefined}
    />
  )
}
