import { expect, it } from 'vitest'
import type { Command } from '../../components/shell/commands'
import { matchCommands } from '../../components/shell/palette-match'
import { isShortcut, shortcutKeys, shortcutText } from '../../components/ui/shortcut'

const command = (label: string, given: Partial<Command> = {}): Command => ({
  id: label,
  group: 'Document',
  label,
  run: () => {},
  ...given,
})

const labels = (commands: readonly Command[], typed: string) =>
  matchCommands(commands, typed).map(({ title, items }) => [title, ...items.map(({ label }) => label)])

it('finds commands by the beginnings of words, the nearest first', () => {
  const all = [
    command('Export as Markdown', { words: 'download' }),
    command('Move to the bin', { words: 'delete' }),
    command('Markdown to paste'),
    command('Bold', { run: undefined as never }),
  ]
  expect(labels(all, 'mark')).toEqual([['Commands', 'Markdown to paste', 'Export as Markdown']])
  expect(labels(all, 'down exp')).toEqual([['Commands', 'Export as Markdown']])
  expect(labels(all, 'own')).toEqual([])
  expect(labels(all, '–')).toEqual([])
})

it('lists everything by group where nothing is typed, but what only keys do', () => {
  const { run: _, ...keysAlone } = command('Undo')
  expect(labels([command('Dark', { group: 'View' }), keysAlone, command('Share')], '')).toEqual([
    ['Document', 'Share'],
    ['View', 'Dark'],
  ])
})

const pressed = (key: string, given: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  metaKey: false,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  ...given,
})

it('writes keys as they stand on the keyboard of the machine', () => {
  expect(shortcutText('Mod-Shift-k', true)).toBe('⌘⇧K')
  expect(shortcutText('Mod-Shift-k', false)).toBe('Ctrl+Shift+K')
  expect(shortcutKeys('Mod--', false)).toEqual(['Ctrl', '-'])
})

it('knows a shortcut by its keys and no others, in every script and with Alt', () => {
  expect(isShortcut('Mod-k', pressed('k', { ctrlKey: true }), false)).toBe(true)
  expect(isShortcut('Mod-k', pressed('k', { ctrlKey: true }), true)).toBe(false)
  expect(isShortcut('Mod-k', pressed('K', { ctrlKey: true, shiftKey: true }), false)).toBe(false)
  expect(isShortcut('Mod-k', pressed('л', { ctrlKey: true, code: 'KeyK' }), false)).toBe(true)
  expect(isShortcut('Mod-Alt-f', pressed('ƒ', { metaKey: true, altKey: true, code: 'KeyF' }), true)).toBe(
    true,
  )
  expect(isShortcut('?', pressed('?', { shiftKey: true }), false)).toBe(true)
})
