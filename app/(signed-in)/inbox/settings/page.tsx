import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { NoticeSettings } from '../../../../components/inbox/notice-settings'
import { parseTheme, themeCookie } from '../../../../components/shell/theme'
import { getSettings } from '../../../../server/inbox/settings'
import { runtime } from '../../../../server/runtime'
import { signedIn } from '../../signed-in'

export const metadata: Metadata = { title: 'What reaches me' }

export default async function NoticeSettingsPage() {
  const { person, personId } = await signedIn('/inbox/settings')
  const theme = parseTheme((await cookies()).get(themeCookie)?.value)
  const { pool, config } = runtime()
  return <NoticeSettings person={person} theme={theme} first={await getSettings(pool, personId, config)} />
}
