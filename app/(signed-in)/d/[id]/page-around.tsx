'use client'

import { useFocusMode } from '../../../../components/document/focus-mode'
import { Glossary } from '../../../../components/document/glossary'
import { usePrinting } from '../../../../components/document/print'
import { FindHost } from '../../../../components/editor/find/find-host'
import type { SectionAnswer } from '../../../../lib/api-section'
import { type PageCommandsInput, usePageCommands } from './page-commands'

export interface PageAroundProps extends PageCommandsInput {
  /** As the server read them when it made the page. */
  readonly known: readonly SectionAnswer[]
}

/** What stands around the text and is opened when it is wanted. */
export function PageAround({ known, ...props }: PageAroundProps) {
  usePageCommands(props)
  useFocusMode()
  usePrinting()
  const { editor, canWrite, suggesting, closed, documentId, onGo } = props
  if (closed || !editor) return null
  return (
    <>
      <FindHost editor={editor} mayReplace={canWrite && !suggesting.suggesting} />
      <Glossary {...{ documentId, editor, onGo }} sections={known} />
    </>
  )
}
