'use client'

import { FindHost } from '../../../../components/editor/find-host'
import { type PageCommandsInput, usePageCommands } from './page-commands'

/** What stands around the text and is opened when it is wanted. */
export function PageAround(props: PageCommandsInput) {
  usePageCommands(props)
  const { editor, canWrite, suggesting, closed } = props
  if (closed || !editor) return null
  return <FindHost editor={editor} mayReplace={canWrite && !suggesting.suggesting} />
}
