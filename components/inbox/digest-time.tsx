'use client'

import { useEffect, useState } from 'react'
import type { NoticeSettings } from '../../lib/api-inbox'
import { Button } from '../ui/button'
import { Select } from '../ui/select'
import type { SettingsChange } from './settings-change'

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}))
const onOff = [
  { value: 'on', label: 'Send it' },
  { value: 'off', label: 'Send none' },
] as const

/** When the mail of the day comes, by which clock, and whether it does. */
export function DigestTime(props: { settings: NoticeSettings; onChange: (change: SettingsChange) => void }) {
  const { settings, onChange } = props
  // Known to this device alone: the server draws nothing of it.
  const [here, setHere] = useState<string | null>(null)
  useEffect(() => setHere(new Intl.DateTimeFormat().resolvedOptions().timeZone ?? null), [])
  const zone = settings.timeZone ?? 'UTC'
  return (
    <section aria-label="The mail of the day" className="rounded-m border border-line bg-paper px-4 py-1.5">
      <div className="flex min-h-[46px] flex-wrap items-center justify-between gap-x-4">
        <h2 className="font-[550]">The mail of the day</h2>
        <Select
          label="The mail of the day"
          look="quiet"
          value={settings.digest ? 'on' : 'off'}
          options={onOff}
          onChange={(value) => onChange({ digest: value === 'on' })}
        />
      </div>
      {settings.digest && (
        <div className="flex min-h-[46px] flex-wrap items-center justify-between gap-x-4 border-line-soft border-t">
          <span className="min-w-0 text-ink-2">
            At this hour, by the clock of {zone.replaceAll('_', ' ')}
            {here && here !== zone && (
              <Button look="quiet" size="s" onClick={() => onChange({ timeZone: here })}>
                Use {here.replaceAll('_', ' ')}
              </Button>
            )}
          </span>
          <Select
            label="Hour"
            look="quiet"
            value={String(settings.digestHour)}
            options={hours}
            onChange={(hour) => onChange({ digestHour: Number(hour) })}
          />
        </div>
      )}
    </section>
  )
}
