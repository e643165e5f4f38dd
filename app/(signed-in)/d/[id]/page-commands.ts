'use client'

import type { Editor } from '@tiptap/core'
import { Download, Hash, History, MessageSquarePlus, PencilLine, Share2, Trash2, Users } from 'lucide-react'
import { useRouter } from 'next/navigation'
import type { DocumentActions } from '../../../../components/document/use-document-actions'
import type { ReviewDesk } from '../../../../components/review/review-desk'
import { type Command, useCommands } from '../../../../components/shell/commands'
import { threadKeys } from '../../../../components/thread/thread-keys'
import { type Status, transitions } from '../../../../lib/document'

export interface PageCommandsInput {
  readonly documentId: string
  readonly status: Status
  readonly editor: Editor | null
  readonly canWrite: boolean
  readonly sections: readonly { readonly id: string; readonly name: string }[]
  readonly onGo: (sectionId: string) => void
  readonly actions: DocumentActions
  readonly onShare: () => void
  /** What was said goes with an export. */
  readonly hasThreads: boolean
  /** Null: this person may not. */
  readonly onComment: (() => void) | null
  readonly suggesting: { readonly suggesting: boolean; readonly choose: ((on: boolean) => void) | null }
  /** Null: this person moves no status. */
  readonly desk: ReviewDesk | null
  readonly mayBin: boolean
  /** Nothing of it is shown. */
  readonly closed: boolean
}

/** What can be done with the document on the page, for the list of commands. */
export function usePageCommands(input: PageCommandsInput): void {
  const router = useRouter()
  useCommands({
    now: () => (input.closed ? [] : commandsOf(input, router.push)),
    later: async () => {
      const { editor, canWrite, closed } = input
      if (!editor || !canWrite || closed) return []
      const { editorCommands } = await import('../../../../components/editor/editor-commands')
      return editorCommands(editor)
    },
  })
}

function commandsOf(input: PageCommandsInput, go: (address: string) => void): Command[] {
  const { documentId, status, actions, onShare, onComment, hasThreads, desk, sections, onGo } = input
  const { suggesting, choose } = input.suggesting
  const commands: Command[] = [
    {
      id: 'share',
      group: 'Document',
      label: 'Share',
      words: 'people roles access',
      icon: Share2,
      run: onShare,
    },
  ]
  if (desk && status === 'draft') {
    const run = () => desk.open({ kind: 'request' })
    commands.push({ id: 'request-review', group: 'Review', label: 'Request review…', icon: Users, run })
  } else if (desk && transitions[status].length > 0) {
    const run = () => desk.open({ kind: 'log' })
    commands.push({ id: 'status-log', group: 'Review', label: 'How the status got here', icon: History, run })
  }
  commands.push(
    {
      id: 'export',
      group: 'Document',
      label: 'Export as Markdown',
      words: 'download save file',
      icon: Download,
      run: actions.exportMarkdown,
    },
    {
      id: 'history',
      group: 'Go to',
      label: 'History',
      words: 'versions compare restore',
      icon: History,
      run: () => go(`/d/${documentId}/history`),
    },
  )
  if (hasThreads) {
    commands.push({
      id: 'export-threads',
      group: 'Document',
      label: 'Export Markdown with threads',
      words: 'download save file',
      icon: Download,
      run: actions.exportWithThreads,
    })
  }
  if (onComment) {
    commands.push(
      {
        id: 'comment-document',
        group: 'Threads',
        label: 'Comment on the document',
        icon: MessageSquarePlus,
        run: onComment,
      },
      ...threadKeys,
    )
  }
  if (choose) {
    commands.push({
      id: 'suggesting',
      group: 'Document',
      label: suggesting ? 'Write in the text again' : 'Suggest instead of writing',
      icon: PencilLine,
      run: () => choose(!suggesting),
    })
  }
  if (input.mayBin) {
    commands.push({
      id: 'to-bin',
      group: 'Document',
      label: 'Move to the bin',
      words: 'delete remove',
      icon: Trash2,
      run: actions.moveToBin,
    })
  }
  for (const { id, name } of sections) {
    commands.push({
      id: `section-${id}`,
      group: 'Go to',
      label: name,
      words: 'section heading',
      note: 'Section',
      icon: Hash,
      run: () => onGo(id),
    })
  }
  return commands
}
