'use client'

import type { Editor } from '@tiptap/core'
import { Replace, Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useCommands } from '../../shell/commands'
import { lazyPart } from '../../shell/lazy-part'
import { onFirstUse } from '../../shell/on-first-use'
import { isMac } from '../../ui/shortcut'
import type { FindAsked } from './find-bar'

const load = () => import('./find-bar')
const FindBar = lazyPart(() => load().then((part) => part.FindBar))

/** Finds words in the text, and for whoever may write puts others in their place. */
export function FindHost({ editor, mayReplace }: { readonly editor: Editor; readonly mayReplace: boolean }) {
  const [asked, setAsked] = useState<FindAsked | null>(null)
  useEffect(() => onFirstUse(() => void load().catch(() => {})), [])
  const ask = (replaces: boolean) => {
    // The next keys are meant for the field, which may still be on its way: they must not be typed into the text.
    if (asked === null) editor.view.dom.blur()
    setAsked((before) => ({ replaces, times: (before?.times ?? 0) + 1 }))
  }
  useCommands({
    now: () => [
      {
        id: 'find',
        group: 'Document',
        label: 'Find in the document',
        words: 'search words text',
        shortcut: 'Mod-f',
        heard: true,
        icon: Search,
        run: () => ask(asked?.replaces ?? false),
      },
      ...(mayReplace
        ? ([
            {
              id: 'replace',
              group: 'Document',
              label: 'Find and replace',
              words: 'search words text change',
              shortcut: isMac() ? 'Mod-Alt-f' : 'Mod-h',
              heard: true,
              icon: Replace,
              run: () => ask(true),
            },
          ] as const)
        : []),
    ],
  })
  if (!asked) return null
  return (
    <FindBar
      key={editor.instanceId}
      editor={editor}
      mayReplace={mayReplace}
      asked={asked}
      onReplaces={(replaces) => setAsked((before) => before && { ...before, replaces })}
      onClose={() => setAsked(null)}
    />
  )
}
