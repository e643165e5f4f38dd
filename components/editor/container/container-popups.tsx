import type { Editor } from '@tiptap/core'
import { useState } from 'react'
import { calloutKinds, type DecisionState, decisionStates } from '../../../lib/content/attribute'
import { AnchoredMenu, MenuChoice } from '../../ui/menu'
import { FootnoteCard } from '../footnote/footnote-card'
import { setAttributes } from './container-attributes'
import type { PopupRequest } from './container-popup'
import { calloutWords, decisionWords } from './container-words'
import { DecisionAbout } from './decision-about'

export interface ContainerPopupsProps {
  readonly editor: Editor
  /** Null: none is open. */
  readonly request: PopupRequest | null
  readonly onClose: () => void
}

/** What opens beside something drawn in the text: the kind of a callout, the state of a decision, who and when. */
export function ContainerPopups({ editor, request, onClose }: ContainerPopupsProps) {
  // The items stay while the menu fades away.
  const [last, setLast] = useState(request)
  if (request && request !== last) setLast(request)
  const asked = (request ?? last)?.asked
  if (!asked) return null
  if (asked.kind === 'footnote') {
    return (
      <FootnoteCard editor={editor} label={asked.label} anchor={request?.button ?? null} onClose={onClose} />
    )
  }
  const attrs = nodeAttributes(editor, asked.getPos())
  if (asked.kind === 'decision-about') {
    return (
      <DecisionAbout
        anchor={request?.button ?? null}
        day={attrs.day}
        deciders={attrs.deciders}
        onSay={(said) => setAttributes(editor, asked.getPos(), said)}
        onClose={onClose}
      />
    )
  }
  const isCallout = asked.kind === 'callout'
  return (
    <AnchoredMenu
      anchor={request?.button ?? null}
      onClose={onClose}
      align="start"
      givesFocusBack={() => {
        // Whoever pressed it was writing.
        editor.view.focus()
        return false
      }}
    >
      {isCallout ? (
        <MenuChoice
          label="Callout"
          value={String(attrs.kind)}
          options={calloutKinds.map((value) => ({ value: value as string, text: calloutWords[value] }))}
          onChange={(kind) => setAttributes(editor, asked.getPos(), { kind })}
        />
      ) : (
        <MenuChoice
          label="Decision"
          value={attrs.state as DecisionState}
          options={decisionStates.map((value) => ({ value, text: decisionWords[value] }))}
          onChange={(state) => setAttributes(editor, asked.getPos(), { state })}
        />
      )}
    </AnchoredMenu>
  )
}

function nodeAttributes(editor: Editor, position: number | undefined): Readonly<Record<string, unknown>> {
  if (position === undefined || editor.isDestroyed) return {}
  return editor.state.doc.nodeAt(position)?.attrs ?? {}
}
