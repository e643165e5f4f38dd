'use client'

import { ArrowRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import { initialsOf } from '../ui/avatar'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { Spinner } from '../ui/spinner'
import { beginSignIn } from './sign-in-flow'

export interface BuiltInChoice {
  /** What the built-in provider knows the person by. */
  hint: string
  name: string
  email: string
  admin: boolean
}

export interface SignInPanelProps {
  /** Path to end on. */
  to: string
  /** The built-in provider's people; null: a company's sign-in. */
  people: readonly BuiltInChoice[] | null
  /** What went wrong at the last try. */
  wrong: string | null
}

/** The way in: one button to the company's sign-in, or one click on a name where the built-in one stands in. */
export function SignInPanel({ to, people, wrong }: SignInPanelProps) {
  // Which button was pressed: the empty text is the company's.
  const [going, setGoing] = useState<string | null>(null)
  const [failed, setFailed] = useState(false)

  // Coming back with the browser's Back button finds the page as it was left, with its spinner.
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => event.persisted && setGoing(null)
    window.addEventListener('pageshow', onShow)
    return () => window.removeEventListener('pageshow', onShow)
  }, [])

  const go = (hint?: string) => {
    if (going !== null) return
    setGoing(hint ?? '')
    setFailed(false)
    beginSignIn(to, hint).catch(() => {
      setGoing(null)
      setFailed(true)
    })
  }
  const sentence = failed ? 'The server cannot be reached. Check your connection, then try again.' : wrong

  return (
    <div className="flex flex-col gap-4">
      {sentence && <Banner kind="error">{sentence}</Banner>}
      {people ? (
        <>
          <ul className="-mx-3 flex flex-col gap-0.5">
            {people.map((person) => (
              <li key={person.hint}>
                <PersonButton
                  person={person}
                  busy={going === person.hint}
                  disabled={going !== null}
                  onClick={() => go(person.hint)}
                />
              </li>
            ))}
          </ul>
          <p className="border-line-soft border-t pt-4 text-ink-3 text-xs leading-relaxed">
            These people come with Rationale, for trying it out on this computer. A company connects its own
            sign-in with <code className="font-code text-[0.6875rem]">OIDC_ISSUER</code>.
          </p>
        </>
      ) : (
        <Button look="primary" busy={going === ''} onClick={() => go()} className="h-11 w-full text-m">
          Sign in with your company
          {going === null && <ArrowRight size={16} aria-hidden="true" />}
        </Button>
      )}
    </div>
  )
}

function PersonButton(props: {
  person: BuiltInChoice
  busy: boolean
  disabled: boolean
  onClick: () => void
}) {
  const { person, busy, disabled, onClick } = props
  return (
    <button
      type="button"
      onClick={onClick}
      aria-disabled={disabled || undefined}
      aria-busy={busy || undefined}
      aria-label={`Sign in as ${person.name}`}
      className="group grid w-full grid-cols-[36px_minmax(0,1fr)_16px] items-center gap-3 rounded-s px-3 py-2 text-left transition-colors hover:bg-accent-soft active:bg-sunk aria-disabled:cursor-default"
    >
      <span
        aria-hidden="true"
        className="grid size-9 place-items-center rounded-full bg-accent-soft font-[620] text-accent text-s group-hover:bg-paper"
      >
        {initialsOf(person.name)}
      </span>
      <span className="min-w-0">
        <span className="flex items-center gap-2 font-[560]">
          <span className="truncate">{person.name}</span>
          {person.admin && (
            <span className="rounded-full border border-line px-1.5 font-normal text-[0.6875rem] text-ink-3">
              administrator
            </span>
          )}
        </span>
        <span className="block truncate text-ink-3 text-s">{person.email}</span>
      </span>
      {busy ? (
        <Spinner className="text-accent" />
      ) : (
        <ArrowRight
          size={16}
          aria-hidden="true"
          className="text-accent opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100"
        />
      )}
    </button>
  )
}
