import type { Editor } from '@tiptap/core'
import { Copy, Pencil, Unlink } from 'lucide-react'
import type { Ref } from 'react'
import { isFollowable } from '../../../lib/content/link-address'
import { type OwnDocument, ownDocumentAt } from '../../../lib/own-address'
import { Button } from '../../ui/button'
import { IconButton } from '../../ui/icon-button'
import { toast } from '../../ui/toast'
import { keepFocus } from '../action-button'
import { linkRange, linkRect } from '../anchors'
import { structural } from '../binding/structural'
import { Floating } from '../floating'
import { useEditorValue } from '../use-editor-value'
import { LinkForm } from './link-form'
import { LinkedDocument } from './linked-document'
import { openLink } from './links'

export interface LinkCardProps {
  readonly editor: Editor
  readonly canWrite: boolean
  /** Its address is being changed. Default false. */
  readonly editing?: boolean
  readonly onEditing?: (editing: boolean) => void
  readonly ref?: Ref<HTMLDivElement>
}

/** Where the link at the caret leads, and what can be done about it. */
export function LinkCard(props: LinkCardProps) {
  const { editor, canWrite, editing = false, onEditing = () => {}, ref } = props
  const href = useEditorValue(editor, (now) => linkRange(now)?.href ?? '')
  const isBare = useEditorValue(editor, (now) => isItsOwnWords(now))
  const own = ownDocumentAt(href, window.location.origin)
  return (
    <Floating editor={editor} anchor={linkRect} place="above">
      <div
        ref={ref}
        role="toolbar"
        aria-label="Link"
        data-editor-popup
        onKeyDown={(event) => {
          if (event.key === 'Escape') editor.commands.focus()
        }}
        className="max-w-[calc(100vw-16px)] rounded-m border border-line bg-raised shadow-float"
      >
        {editing ? (
          <LinkForm editor={editor} href={href} onDone={() => onEditing(false)} />
        ) : (
          <>
            {own && (
              <LinkedDocument
                key={keyOf(own)}
                own={own}
                onTitle={canWrite && isBare ? (title) => nameLink(editor, title) : null}
              />
            )}
            <div className="flex max-w-96 items-center gap-0.5 p-1">
              <span className="min-w-0 flex-1 truncate px-2 text-ink-2 text-s" dir="ltr">
                {href}
              </span>
              {isFollowable(href) && (
                <Button size="s" look="quiet" onMouseDown={keepFocus} onClick={() => openLink(editor, href)}>
                  {href.startsWith('#') ? 'Go there' : 'Open'}
                </Button>
              )}
              <IconButton
                label="Copy the address"
                size="s"
                onMouseDown={keepFocus}
                onClick={() => copy(href)}
              >
                <Copy size={15} aria-hidden="true" />
              </IconButton>
              {canWrite && (
                <>
                  <IconButton
                    label="Edit the link"
                    size="s"
                    onMouseDown={keepFocus}
                    onClick={() => onEditing(true)}
                  >
                    <Pencil size={15} aria-hidden="true" />
                  </IconButton>
                  <IconButton
                    label="Remove the link"
                    size="s"
                    onMouseDown={keepFocus}
                    onClick={() => structural(editor, (chain) => chain.extendMarkRange('link').unsetLink())}
                  >
                    <Unlink size={15} aria-hidden="true" />
                  </IconButton>
                </>
              )}
            </div>
          </>
        )}
      </div>
    </Floating>
  )
}

const keyOf = (own: OwnDocument): string => (own.by === 'id' ? own.id : own.number)

function copy(href: string): void {
  navigator.clipboard.writeText(href).then(
    () => toast({ text: 'Copied.' }),
    () => toast({ kind: 'error', text: 'Your browser did not let the address be copied.' }),
  )
}

/** True for a link whose words are nothing but its address. */
function isItsOwnWords(editor: Editor): boolean {
  const range = linkRange(editor)
  return range !== null && editor.state.doc.textBetween(range.from, range.to) === range.href
}

/** Gives the link at the caret other words; it leads where it led. */
function nameLink(editor: Editor, title: string): void {
  const range = linkRange(editor)
  if (!range || title === '') return
  structural(editor, (chain) =>
    chain.command(({ tr, state }) => {
      const marks = state.doc.resolve(range.from).nodeAfter?.marks ?? []
      tr.replaceWith(range.from, range.to, state.schema.text(title, marks))
      return true
    }),
  )
}
