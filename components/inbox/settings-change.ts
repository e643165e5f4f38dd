import type { NoticeSettings as Settings } from '../../lib/api-inbox'
import type { callApi } from '../call-api'

/** What of the settings is to be another. */
export type SettingsChange = NonNullable<Parameters<typeof callApi<'putNoticeSettings'>>[1]>['body']

/** As it will be, shown while it is being said. */
export const changed = (settings: Settings, change: SettingsChange): Settings => ({
  ...settings,
  channels: { ...settings.channels, ...change.channels },
  timeZone: change.timeZone ?? settings.timeZone,
  digestHour: change.digestHour ?? settings.digestHour,
  digest: change.digest ?? settings.digest,
})
