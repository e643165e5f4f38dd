'use client'

import { Focus } from 'lucide-react'
import { useEffect } from 'react'
import { useCommands } from '../shell/commands'
import { isMac, shortcutText } from '../ui/shortcut'
import { toast } from '../ui/toast'
import './focus-mode.css'
import { useKeptChoice } from './kept-choice'

const shortcut = 'Mod-Shift-f'

/** While it is on, everything but the text recedes until it is wanted. Remembered by this browser. */
export function useFocusMode(): void {
  const [on, choose] = useKeptChoice('rationale.focus', false)
  useEffect(() => {
    const root = document.documentElement
    if (on) root.dataset.focusMode = ''
    else delete root.dataset.focusMode
    return () => {
      delete root.dataset.focusMode
    }
  }, [on])
  useCommands({
    now: () => [
      {
        id: 'focus',
        group: 'View',
        label: on ? 'Leave focus mode' : 'Focus mode',
        words: 'quiet distraction zen only the text',
        shortcut,
        heard: true,
        icon: Focus,
        run: () => {
          if (!on)
            toast({ text: `Only the text is left. ${shortcutText(shortcut, isMac())} brings the rest back.` })
          choose(!on)
        },
      },
    ],
  })
}
