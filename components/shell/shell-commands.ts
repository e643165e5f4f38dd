'use client'

import { BookA, FilePlus2, Files, Gavel, Inbox, Keyboard, Monitor, Moon, Sun, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { callApi } from '../call-api'
import { openCommands, useCommands } from './commands'
import { applyTheme } from './theme'

/** In the address of home: the window for a new document is open. */
export const newDocumentQuery = 'new'

/** What can be done on every page. */
export function useShellCommands(): void {
  const router = useRouter()
  useCommands({
    now: () => [
      {
        id: 'new-document',
        group: 'Document',
        label: 'New document',
        words: 'create write',
        icon: FilePlus2,
        run: () => router.push(`/?${newDocumentQuery}`),
      },
      {
        id: 'home',
        group: 'Go to',
        label: 'Documents',
        words: 'home list',
        icon: Files,
        run: () => router.push('/'),
      },
      {
        id: 'inbox',
        group: 'Go to',
        label: 'Inbox',
        words: 'notices waits on me',
        icon: Inbox,
        run: () => router.push('/inbox'),
      },
      {
        id: 'decisions',
        group: 'Go to',
        label: 'Decisions',
        words: 'log adr decided',
        icon: Gavel,
        run: () => router.push('/decisions'),
      },
      {
        id: 'bin',
        group: 'Go to',
        label: 'Bin',
        words: 'trash deleted',
        icon: Trash2,
        run: () => router.push('/bin'),
      },
      {
        id: 'theme-light',
        group: 'View',
        label: 'Light theme',
        words: 'colours mode',
        icon: Sun,
        run: () => applyTheme('light'),
      },
      {
        id: 'theme-dark',
        group: 'View',
        label: 'Dark theme',
        words: 'colours mode night',
        icon: Moon,
        run: () => applyTheme('dark'),
      },
      {
        id: 'theme-system',
        group: 'View',
        label: 'Theme as the system has it',
        words: 'colours mode',
        icon: Monitor,
        run: () => applyTheme('system'),
      },
      { id: 'commands', group: 'Keys', label: 'Commands and documents', shortcut: 'Mod-k' },
      {
        id: 'shortcuts',
        group: 'Keys',
        label: 'Keyboard shortcuts',
        words: 'help keys',
        shortcut: '?',
        icon: Keyboard,
        run: () => openCommands('shortcuts'),
      },
    ],
    // What has no content is no destination.
    later: async () => {
      const { items } = await callApi('listTerms', { query: { limit: 1 } })
      if (items.length === 0) return []
      const go = () => router.push('/terms')
      return [{ id: 'terms', group: 'Go to', label: 'Terms', words: 'glossary words', icon: BookA, run: go }]
    },
  })
}
