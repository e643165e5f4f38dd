'use client'

import { useEffect, useState } from 'react'
import type { DocumentAnswer } from '../../lib/api'
import { onFirstUse } from '../shell/on-first-use'
import {
  ImportDialog,
  MembersDialog,
  NewDocumentDialog,
  RenameDialog,
  RowMenu,
  useEver,
  warmAll,
} from './lazy-dialogs'
import type { RowAction, RowTarget } from './row-target'
import type { TemplateOption } from './template-choice'
import { useBin } from './use-bin'
import type { useImport } from './use-import'

export interface HomeWindowsProps {
  templates: readonly TemplateOption[]
  creating: boolean
  onCreating: (open: boolean) => void
  imports: ReturnType<typeof useImport>
  /** Opens the picker of files. */
  onChoose: () => void
  /** Whose row's menu is open. */
  menuOf: RowTarget | null
  onMenuClose: (button: HTMLElement) => void
}

/** What opens above home: a row's menu and what is chosen from it, a new document, an import. */
export function HomeWindows(props: HomeWindowsProps) {
  const { templates, creating, onCreating, imports, onChoose, menuOf, onMenuClose } = props
  const [action, setAction] = useState<{ kind: RowAction; document: DocumentAnswer } | null>(null)
  const [membersOf, setMembersOf] = useState<string | null>(null)
  const bin = useBin()
  const everMenu = useEver(menuOf !== null)
  const everCreating = useEver(creating)
  const everImporting = useEver(imports.state.step !== 'idle')
  const everRenaming = useEver(action?.kind === 'rename')

  const onAction = (kind: RowAction, document: DocumentAnswer) => {
    if (kind === 'bin') void bin.move(document)
    else setAction({ kind, document })
    if (kind === 'members') setMembersOf(document.id)
  }
  useEffect(() => onFirstUse(warmAll), [])
  const done = () => setAction(null)

  return (
    <>
      {everMenu && <RowMenu target={menuOf} onAction={onAction} onClose={onMenuClose} />}
      {everCreating && <NewDocumentDialog open={creating} onOpenChange={onCreating} templates={templates} />}
      {everImporting && (
        <ImportDialog
          state={imports.state}
          onRetry={(again) => void imports.begin([again])}
          onChoose={onChoose}
          onClose={imports.close}
        />
      )}
      {everRenaming && (
        <RenameDialog document={action?.kind === 'rename' ? action.document : null} onClose={done} />
      )}
      {membersOf && (
        <MembersDialog
          documentId={membersOf}
          open={action?.kind === 'members'}
          onOpenChange={(open) => !open && done()}
        />
      )}
    </>
  )
}
