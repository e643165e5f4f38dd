'use client'

import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import { classes } from '../ui/classes'
import { isMac, isShortcut, shortcutText } from '../ui/shortcut'
import { type Command, useAllCommands } from './commands'
import { matchCommands, type PaletteGroup } from './palette-match'
import { usePaletteDocuments } from './use-palette-documents'

export interface PaletteProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** To where it was when it was opened. False: it was nowhere. */
  readonly giveFocusBack: () => boolean
}

/** Commands and documents, by a few letters of their names. */
export function Palette({ open, onOpenChange, giveFocusBack }: PaletteProps) {
  const chosen = useRef<Command | null>(null)
  return (
    <Dialog.Root
      open={open}
      onOpenChange={onOpenChange}
      // Once the focus is back where it was: what is put in goes there, and what takes the focus keeps it.
      onOpenChangeComplete={(isOpen) => {
        const command = chosen.current
        chosen.current = null
        if (!isOpen && command?.run) requestAnimationFrame(command.run)
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Dialog.Popup
          aria-label="Commands and documents"
          finalFocus={() => !giveFocusBack()}
          className="fixed inset-x-3 top-[max(12px,10vh)] z-40 mx-auto flex max-h-[min(560px,76dvh)] max-w-[600px] flex-col overflow-hidden rounded-m border border-line bg-raised text-ink shadow-float outline-none"
        >
          <PaletteList
            onClose={() => onOpenChange(false)}
            onChoose={(command) => {
              chosen.current = command
              onOpenChange(false)
            }}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface PaletteListProps {
  readonly onChoose: (command: Command) => void
  readonly onClose: () => void
}

function PaletteList({ onChoose, onClose }: PaletteListProps) {
  const [typed, setTyped] = useState('')
  const { commands, isWhole } = useAllCommands()
  const documents = usePaletteDocuments(typed)
  const groups = useMemo<readonly PaletteGroup[]>(() => {
    const found = { title: documents.title, items: documents.commands }
    const shown = documents.commands.length > 0 ? [found] : []
    const own = matchCommands(commands, typed)
    // Where nothing is typed, what somebody most often goes to is above what they can do.
    return typed.trim() === '' ? [...shown, ...own] : [...own, ...shown]
  }, [commands, documents, typed])
  const items = groups.flatMap((group) => group.items)
  const [pointed, setPointed] = useState<string | null>(null)
  const active = items.find(({ id }) => id === pointed) ?? items[0] ?? null
  const list = useRef<HTMLDivElement>(null)
  const base = useId()
  const idOf = (command: Command) => `${base}-${command.id}`

  useEffect(() => {
    const option = active && document.getElementById(`${base}-${active.id}`)
    // The first one has its title above it.
    if (option && items[0] === active) list.current?.scrollTo({ top: 0 })
    else option?.scrollIntoView({ block: 'nearest' })
  }, [active, base, items[0]])

  // Whoever knows what they want is faster than what is fetched: Enter counts as soon as there is something to take.
  const [isTaken, setTaken] = useState(false)
  useEffect(() => {
    if (!isTaken || (!active && (!isWhole || documents.isAsking))) return
    setTaken(false)
    if (active) onChoose(active)
  }, [isTaken, active, isWhole, documents.isAsking, onChoose])

  const step = (by: number) => {
    const at = active ? items.indexOf(active) : -1
    setPointed(items[(at + by + items.length) % items.length]?.id ?? null)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') step(1)
    else if (event.key === 'ArrowUp') step(-1)
    else if (event.key === 'Enter') setTaken(true)
    else if (isShortcut('Mod-k', event.nativeEvent, isMac())) onClose()
    else return
    event.preventDefault()
  }
  const count = items.length === 1 ? '1 entry' : `${items.length} entries`
  return (
    <>
      <div className="flex shrink-0 items-center gap-2.5 border-line border-b px-4">
        <Search size={16} aria-hidden="true" className="shrink-0 text-ink-3" />
        <input
          role="combobox"
          aria-label="Commands and documents"
          aria-expanded="true"
          aria-controls={`${base}-list`}
          aria-autocomplete="list"
          aria-activedescendant={active ? idOf(active) : undefined}
          value={typed}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          placeholder="Find a document or a command"
          onChange={(event) => {
            setTyped(event.target.value)
            setPointed(null)
            setTaken(false)
          }}
          onKeyDown={onKey}
          className="h-12 w-full min-w-0 bg-transparent text-l text-ink outline-none"
        />
      </div>
      <div
        ref={list}
        id={`${base}-list`}
        role="listbox"
        tabIndex={-1}
        aria-label="Commands and documents"
        className="min-h-24 flex-1 overflow-y-auto overscroll-contain p-1.5 outline-none"
      >
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a list to choose from
          <div key={group.title} role="group" aria-label={group.title}>
            <p aria-hidden="true" className="px-2.5 pt-2 pb-1 font-[550] text-ink-3 text-xs">
              {group.title}
            </p>
            {group.items.map((command) => (
              <Option
                key={command.id}
                id={idOf(command)}
                command={command}
                active={command === active}
                onPoint={() => setPointed(command.id)}
                onChoose={() => onChoose(command)}
              />
            ))}
          </div>
        ))}
        {items.length === 0 && !documents.isAsking && (
          <p className="px-2.5 py-6 text-center text-ink-3 text-s">
            No command and no document that you may read has these words in its name.
          </p>
        )}
      </div>
      <p role="status" className="sr-only">
        {documents.isAsking ? '' : count}
      </p>
    </>
  )
}

interface OptionProps {
  readonly id: string
  readonly command: Command
  readonly active: boolean
  readonly onPoint: () => void
  readonly onChoose: () => void
}

function Option({ id, command, active, onPoint, onChoose }: OptionProps) {
  const Icon = command.icon
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      onPointerMove={active ? undefined : onPoint}
      onClick={onChoose}
      className={classes(
        'flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-[5px] px-2.5 py-1 text-s outline-none pointer-coarse:min-h-11',
        active && 'bg-sunk',
      )}
    >
      <span className="grid w-4 shrink-0 place-items-center text-ink-3">
        {Icon && <Icon size={15} aria-hidden="true" />}
      </span>
      <span className="min-w-0 flex-1 truncate">{command.label}</span>
      {command.note && (
        <span className="max-w-[55%] shrink-0 truncate text-ink-3 text-xs">{command.note}</span>
      )}
      {command.shortcut && (
        <span className="shrink-0 text-ink-3 text-xs">{shortcutText(command.shortcut, isMac())}</span>
      )}
    </div>
  )
}
