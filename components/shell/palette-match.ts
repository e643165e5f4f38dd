import { searchKey, searchWords } from '../../lib/search'
import { type Command, commandGroups } from './commands'

/** Lines under one title. */
export interface PaletteGroup {
  readonly title: string
  readonly items: readonly Command[]
}

/** So many that fit what was typed, at most. */
const bestMost = 8

/**
 * The commands that what is typed may mean: each of its words begins one of the command's. Those whose name begins
 * with it come first. Nothing typed: all of them, by group.
 */
export function matchCommands(commands: readonly Command[], typed: string): PaletteGroup[] {
  const able = commands.filter((command) => command.run !== undefined)
  const words = searchWords(typed)
  if (words.length === 0) {
    if (typed.trim() !== '') return []
    return commandGroups.flatMap((title) => {
      const items = able.filter(({ group }) => group === title)
      return items.length > 0 ? [{ title, items }] : []
    })
  }
  const asked = searchKey(typed)
  const scored = able.flatMap((command) => {
    const name = searchKey(command.label)
    const all = name + searchKey(command.words ?? '')
    if (!words.every((word) => all.includes(` ${word}`))) return []
    const score = name.startsWith(asked) ? 0 : words.every((word) => name.includes(` ${word}`)) ? 1 : 2
    return [{ command, score }]
  })
  const items = scored
    .sort((a, b) => a.score - b.score)
    .slice(0, bestMost)
    .map(({ command }) => command)
  return items.length > 0 ? [{ title: 'Commands', items }] : []
}
