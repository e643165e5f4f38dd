'use client'

import { Dialog } from '../ui/dialog'
import { Kbd } from '../ui/kbd'
import { isMac, shortcutKeys } from '../ui/shortcut'
import { commandGroups, useAllCommands } from './commands'

export interface ShortcutsProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** What can be done by keys on this page, as they are written on this machine's keyboard. */
export function Shortcuts({ open, onOpenChange }: ShortcutsProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      {open && <Lists />}
    </Dialog>
  )
}

function Lists() {
  const { commands } = useAllCommands()
  const mac = isMac()
  return (
    <div className="flex min-h-60 flex-col gap-5">
      {commandGroups.map((group) => {
        const listed = commands.filter((command) => command.group === group && command.shortcut)
        if (listed.length === 0) return null
        return (
          <section key={group} aria-label={group}>
            <h3 className="pb-1 font-[600] text-ink-3 text-xs">{group}</h3>
            <dl>
              {listed.map(({ id, label, shortcut = '' }) => (
                <div
                  key={id}
                  className="flex min-h-8 items-center justify-between gap-4 border-line-soft border-t py-1 text-s"
                >
                  <dt className="min-w-0 break-words text-ink">{label}</dt>
                  <dd className="flex shrink-0 gap-1">
                    {shortcutKeys(shortcut, mac).map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        )
      })}
    </div>
  )
}
