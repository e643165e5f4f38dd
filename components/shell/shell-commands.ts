'use client'

import { BookA, FilePlus2, Files, Gavel, Inbox, Keyboard, Monitor, Moon, Sun, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { callApi } from '../call-api'
import { type Command, openCommands, useCommands } from './commands'
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
      const [terms, decisions] = await Promise.all([
        callApi('listTerms', { query: { limit: 1 } }),
        callApi('listDecisions', { query: { limit: 1 } }),
      ])
      const commands: Command[] = []
      if (terms.items.length > 0) {
        const run = () => router.push('/terms')
        commands.push({
          id: 'terms',
          group: 'Go to',
          label: 'Terms',
          words: 'glossary words',
          icon: BookA,
          run,
        })
      }
      if (decisions.items.length > 0) {
        const run = () => router.push('/decisions')
        commands.push({
          id: 'decisions',
          group: 'Go to',
          label: 'Decisions',
          words: 'log adr decided',
          icon: Gavel,
          run,
        })
      }
      return commands
    },
  })
}
