import { Popover } from '@base-ui/react/popover'
import { type FormEvent, useState } from 'react'
import { maxDecidersLength } from '../../../lib/content/attribute'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'

export interface DecisionAboutProps {
  /** The button beside which it opens; null: closed. */
  readonly anchor: HTMLElement | null
  readonly day: unknown
  readonly deciders: unknown
  readonly onSay: (said: { day: string | null; deciders: string | null }) => void
  readonly onClose: () => void
}

/** Who decided, and when: two fields that are written when they are left by *Done*. */
export function DecisionAbout({ anchor, day, deciders, onSay, onClose }: DecisionAboutProps) {
  const [last, setLast] = useState(anchor)
  if (anchor && anchor !== last) setLast(anchor)
  return (
    <Popover.Root open={anchor !== null} onOpenChange={(open) => !open && onClose()}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={anchor ?? last}
          align="start"
          sideOffset={6}
          collisionPadding={8}
          className="z-50"
        >
          <Popover.Popup
            aria-label="Who decided, and when"
            data-editor-popup
            finalFocus={() => anchor ?? last}
            className="w-72 max-w-[calc(100vw-16px)] rounded-m border border-line bg-raised p-3 text-ink shadow-float outline-none"
          >
            <Fields
              day={typeof day === 'string' ? day : ''}
              deciders={typeof deciders === 'string' ? deciders : ''}
              onSay={(said) => {
                onSay(said)
                onClose()
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Fields(props: { day: string; deciders: string; onSay: DecisionAboutProps['onSay'] }) {
  const [day, setDay] = useState(props.day)
  const [deciders, setDeciders] = useState(props.deciders)
  const say = (event: FormEvent) => {
    event.preventDefault()
    props.onSay({ day: day === '' ? null : day, deciders: deciders.trim() === '' ? null : deciders.trim() })
  }
  return (
    <form onSubmit={say} className="flex flex-col gap-3">
      <Field
        label="Decided by"
        value={deciders}
        onChange={(event) => setDeciders(event.target.value)}
        maxLength={maxDecidersLength}
      />
      <Field label="On" type="date" value={day} onChange={(event) => setDay(event.target.value)} />
      <Button type="submit" size="s" look="primary" className="self-end">
        Done
      </Button>
    </form>
  )
}
