'use client'

import { BellOff, Clock, Settings2 } from 'lucide-react'
import { useState } from 'react'
import type { NoticeAnswer } from '../../lib/api-inbox'
import { AnchoredMenu, MenuItem, MenuLink, MenuSeparator } from '../ui/menu'
import { snoozeTimes } from './snooze-times'
import type { NoticeActions } from './use-notice-actions'

export interface NoticeMenuProps {
  /** Whose row was asked; null: closed. */
  target: { notice: NoticeAnswer; button: HTMLElement } | null
  actions: NoticeActions
  onClose: (button: HTMLElement) => void
}

/** Later, or never again. */
export function NoticeMenu({ target, actions, onClose }: NoticeMenuProps) {
  // The items stay while the menu fades away.
  const [last, setLast] = useState(target)
  if (target && target !== last) setLast(target)
  const notice = (target ?? last)?.notice
  if (!notice) return null
  return (
    <AnchoredMenu anchor={target?.button ?? null} onClose={onClose}>
      {notice.doneAt === null && (
        <p className="px-2.5 pt-1.5 pb-1 font-medium text-ink-3 text-xs">Out of sight until</p>
      )}
      {notice.doneAt === null &&
        snoozeTimes(new Date()).map(({ text, until }) => (
          <MenuItem key={text} icon={<Clock size={15} />} onSelect={() => void actions.snooze(notice, until)}>
            {text}
          </MenuItem>
        ))}
      {notice.doneAt === null && <MenuSeparator />}
      <MenuItem icon={<BellOff size={15} />} onSelect={() => void actions.turnOff(notice)}>
        Tell me no more of this kind
      </MenuItem>
      <MenuLink href="/inbox/settings" icon={<Settings2 size={15} />}>
        Choose what reaches me
      </MenuLink>
    </AnchoredMenu>
  )
}
