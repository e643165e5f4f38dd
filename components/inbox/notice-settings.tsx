'use client'

import { type ReactNode, useState } from 'react'
import type { NoticeSettings as Settings } from '../../lib/api-inbox'
import { type Channel, type NoticeKind, noticeKinds } from '../../lib/inbox'
import { kindWords } from '../../lib/inbox/words'
import { callApi, sentenceOf } from '../call-api'
import { BackLink } from '../shell/back-link'
import { TopBar } from '../shell/top-bar'
import { UserMenu, type UserMenuProps } from '../shell/user-menu'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { PageTitle } from '../ui/page-title'
import { Select, type SelectOption } from '../ui/select'
import { toast } from '../ui/toast'
import { DigestTime } from './digest-time'
import { changed, type SettingsChange } from './settings-change'

export interface NoticeSettingsProps extends UserMenuProps {
  /** As the server read them. */
  first: Settings
  /** What else is set here. */
  children?: ReactNode
}

const withMail: readonly SelectOption<Channel>[] = [
  { value: 'now', label: 'Mail at once' },
  { value: 'digest', label: 'Mail of the day' },
  { value: 'inbox', label: 'Inbox only' },
  { value: 'off', label: 'Not at all' },
]
const withoutMail: readonly SelectOption<'inbox' | 'off'>[] = [
  { value: 'inbox', label: 'Inbox' },
  { value: 'off', label: 'Not at all' },
]

/** What reaches me, kind by kind; where no mail is sent, of mail nothing is said. */
export function NoticeSettings({ person, first, children }: NoticeSettingsProps) {
  const [settings, setSettings] = useState(first)
  const change = async (body: SettingsChange) => {
    const before = settings
    setSettings(changed(before, body))
    try {
      setSettings(await callApi('putNoticeSettings', { body }))
    } catch (error) {
      setSettings(before)
      toast({ kind: 'error', text: sentenceOf(error) })
    }
  }
  return (
    <>
      <TopBar>
        <span className="flex-1" />
        <UserMenu person={person} />
      </TopBar>
      <main className="mx-auto max-w-[680px] px-4 pt-4 pb-16 sm:px-6 sm:pt-6">
        <BackLink href="/inbox">Inbox</BackLink>
        <PageTitle className="mt-2">What reaches me</PageTitle>
        <p className="mt-1 mb-5 text-ink-2">
          {settings.mail
            ? 'Three things are mailed at once; everything else comes in one mail a day.'
            : 'What is turned off appears nowhere; you can turn it on again here.'}
        </p>
        <div className="flex flex-col gap-5">
          {settings.refused && (
            <Banner
              kind="warning"
              title="Your mail server refuses your address."
              actions={
                <Button size="s" onClick={() => void change({ retryAddress: true })}>
                  Try again
                </Button>
              }
            >
              {settings.refused.address}: {settings.refused.why}
            </Banner>
          )}
          <ul className="rounded-m border border-line bg-paper">
            {noticeKinds.map((kind) => (
              <KindRow
                key={kind}
                kind={kind}
                channel={settings.channels[kind]}
                mail={settings.mail}
                onChange={(channel) => void change({ channels: { [kind]: channel } })}
              />
            ))}
          </ul>
          {settings.mail && <DigestTime settings={settings} onChange={(body) => void change(body)} />}
          {children}
        </div>
      </main>
    </>
  )
}

function KindRow(props: {
  kind: NoticeKind
  channel: Channel
  mail: boolean
  onChange: (channel: Channel) => void
}) {
  const { kind, channel, mail, onChange } = props
  const { name } = kindWords[kind]
  return (
    <li className="flex min-h-[46px] items-center justify-between gap-4 border-line-soft border-t px-4 py-1.5 first:border-t-0">
      <span className="min-w-0 break-words">{name}</span>
      <span className="shrink-0">
        {mail ? (
          <Select label={name} look="quiet" value={channel} options={withMail} onChange={onChange} />
        ) : (
          <Select
            label={name}
            look="quiet"
            value={channel === 'off' ? 'off' : 'inbox'}
            options={withoutMail}
            onChange={onChange}
          />
        )}
      </span>
    </li>
  )
}
