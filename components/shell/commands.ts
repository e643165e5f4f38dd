'use client'

import type { LucideIcon } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

/** In the order in which they are listed. */
export const commandGroups = [
  'Document',
  'Go to',
  'Insert',
  'Format',
  'Threads',
  'Review',
  'View',
  'Keys',
] as const
export type CommandGroup = (typeof commandGroups)[number]

/** Something that a person can have done from wherever they are on a page. */
export interface Command {
  readonly id: string
  readonly group: CommandGroup
  readonly label: string
  /** Other words that somebody may look for it by. */
  readonly words?: string
  /** In Tiptap's form: `Mod-Shift-f`. */
  readonly shortcut?: string
  /** Its shortcut is heard wherever the focus is. Default: whoever has the focus (the text) hears it. */
  readonly heard?: boolean
  readonly icon?: LucideIcon
  /** A word beside it: where it leads, how it stands. */
  readonly note?: string
  /** Absent: it is done by its keys alone, and stands in the list of shortcuts. */
  readonly run?: () => void
}

/** What offers commands while it stands on the page. */
export interface CommandSource {
  /** Asked whenever they are wanted. */
  readonly now: () => readonly Command[]
  /** More of them, whose code is fetched when they are first wanted. */
  readonly later?: () => Promise<readonly Command[]>
}

const sources = new Set<CommandSource>()

/** The commands of the page as it is now. */
export const commandsNow = (): Command[] => [...sources].flatMap((source) => source.now())

export interface FoundCommands {
  readonly commands: readonly Command[]
  /** Those that are fetched first are among them. */
  readonly isWhole: boolean
}

/**
 * Tells the commands of the page anew whenever some of them have been fetched: a server that does not answer keeps
 * only its own away. What cannot be fetched is left out.
 *
 * @returns what ends it.
 */
export function readCommands(tell: (found: FoundCommands) => void): () => void {
  let ended = false
  let awaited = sources.size
  const offers = [...sources].map(({ now, later }) => ({ later, list: [...now()] }))
  for (const { later, list } of offers) {
    const add = (more: readonly Command[]) => {
      awaited -= 1
      list.push(...more)
      if (ended || (more.length === 0 && awaited > 0)) return
      tell({ commands: offers.flatMap((offer) => offer.list), isWhole: awaited === 0 })
    }
    Promise.resolve(later?.() ?? []).then(add, () => add([]))
  }
  return () => {
    ended = true
  }
}

/** The commands of the page as it was when the component came: at once those that are here, then what is fetched. */
export function useAllCommands(): FoundCommands {
  const [found, setFound] = useState<FoundCommands>(() => ({ commands: commandsNow(), isWhole: false }))
  useEffect(() => readCommands(setFound), [])
  return found
}

/** Runs one of the page's commands, where it is offered; after a menu that asked for it has given the focus back. */
export function runCommand(id: string): void {
  requestAnimationFrame(() =>
    commandsNow()
      .find((command) => command.id === id)
      ?.run?.(),
  )
}

/** Offers commands for as long as the component stands; they are read when they are wanted, as it is drawn then. */
export function useCommands(source: CommandSource): void {
  const current = useRef(source)
  current.current = source
  useEffect(() => {
    const mine: CommandSource = {
      now: () => current.current.now(),
      later: async () => (await current.current.later?.()) ?? [],
    }
    return offerCommands(mine)
  }, [])
}

/** @returns what ends the offer. */
export function offerCommands(source: CommandSource): () => void {
  sources.add(source)
  return () => {
    sources.delete(source)
  }
}

/** What can be opened from wherever one is. */
export type CommandWindow = 'palette' | 'shortcuts'

let open: (which: CommandWindow) => void = () => {}

/** Opens the list of commands, or the one of shortcuts. */
export const openCommands = (which: CommandWindow): void => open(which)

/** Called by what opens them. @returns what ends that. */
export function connectCommands(how: (which: CommandWindow) => void): () => void {
  open = how
  return () => {
    open = () => {}
  }
}
