import type { Command } from '../shell/commands'

/** The keys of threads: those of one letter where nobody writes (use-thread-keys.ts hears them). */
export const threadKeys: readonly Command[] = [
  {
    id: 'key-comment',
    group: 'Threads',
    label: 'Comment on the selected words, or open the thread at the caret',
    shortcut: 'Mod-Alt-m',
  },
  { id: 'key-suggest', group: 'Threads', label: 'Suggest other words', shortcut: 'Mod-Alt-s' },
  { id: 'key-next-thread', group: 'Threads', label: 'Next thread', shortcut: 'j' },
  { id: 'key-previous-thread', group: 'Threads', label: 'Previous thread', shortcut: 'k' },
  { id: 'key-reply', group: 'Threads', label: 'Reply to the open thread', shortcut: 'r' },
  { id: 'key-resolve', group: 'Threads', label: 'Resolve the open thread', shortcut: 'e' },
  {
    id: 'key-leave',
    group: 'Threads',
    label: 'Close the thread; once more: back to the text',
    shortcut: 'Escape',
  },
  { id: 'key-send', group: 'Threads', label: 'Send a comment', shortcut: 'Mod-Enter' },
]
