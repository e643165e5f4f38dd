import type { Metadata } from 'next'
import { NoticeSettings } from '../../../../components/inbox/notice-settings'
import { AwaySettings } from '../../../../components/review/away-settings'
import { getSettings } from '../../../../server/inbox/settings'
import { getAway } from '../../../../server/review/away'
import { runtime } from '../../../../server/runtime'
import { signedIn } from '../../signed-in'

export const metadata: Metadata = { title: 'What reaches me' }

export default async function NoticeSettingsPage() {
  const principal = await signedIn('/inbox/settings')
  const { person, personId } = principal
  const { pool, config, now } = runtime()
  return (
    <NoticeSettings person={person} first={await getSettings(pool, personId, config)}>
      <AwaySettings personId={personId} first={await getAway(pool, principal, now())} />
    </NoticeSettings>
  )
}
