'use client'

import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { ArrowDown, ArrowUp, CaseSensitive, ChevronRight, Regex, WholeWord, X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Button } from '../../ui/button'
import { classes } from '../../ui/classes'
import { IconButton } from '../../ui/icon-button'
import { isMac, isShortcut, shortcutText } from '../../ui/shortcut'
import { toast } from '../../ui/toast'
import './find.css'
import type { FindQuery } from '../../../lib/content/find/find'
import { canPaint, PaintedRanges } from '../painted-ranges'
import { replaceWords } from './find-replace'
import { FindSession, type FindState, mostHits } from './find-session'
import { bringIntoSight } from './find-sight'

/** Which fields are open, and a number that rises with each asking: the field takes the focus again. */
export interface FindAsked {
  readonly replaces: boolean
  readonly times: number
}

export interface FindBarProps {
  readonly editor: Editor
  readonly mayReplace: boolean
  readonly asked: FindAsked
  readonly onReplaces: (replaces: boolean) => void
  readonly onClose: () => void
}

const nothing: FindQuery = { text: '', matchCase: false, wholeWord: false, isRegex: false }
/** What was looked for last stays for as long as the page. */
let lastQuery = nothing
let lastInstead = ''

const fieldClass =
  'h-8 w-full min-w-0 rounded-s border border-line-strong bg-paper px-2 text-s text-ink outline-none focus-visible:border-focus focus-visible:ring-2 focus-visible:ring-focus/30 aria-[invalid=true]:border-blocking pointer-coarse:h-10 pointer-coarse:text-l'

/** A slim bar over the text: what is looked for, how often it is there, what comes in its place. */
export function FindBar({ editor, mayReplace, asked, onReplaces, onClose }: FindBarProps) {
  const [query, setQuery] = useState<FindQuery>(() => firstQuery(editor))
  const [instead, setInstead] = useState(lastInstead)
  const session = useFindSession(editor, query)
  const state = useSyncExternalStore(session.subscribe, session.state, session.state)
  usePainted(editor, session, state)
  const field = useRef<HTMLInputElement>(null)
  const replaces = asked.replaces && mayReplace
  // biome-ignore lint/correctness/useExhaustiveDependencies: each asking brings the focus back
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [asked.times])

  const change = (part: Partial<FindQuery>) => {
    lastQuery = { ...query, ...part }
    setQuery(lastQuery)
  }
  const go = async (by: 1 | -1) => {
    await session.go(by)
    const hit = session.currentHit
    if (hit) bringIntoSight(editor.view, hit)
  }
  const close = () => {
    const hit = session.currentHit
    if (hit && !editor.isDestroyed) {
      editor.view.dispatch(
        editor.state.tr.setSelection(TextSelection.create(editor.state.doc, hit.from, hit.to)),
      )
    }
    onClose()
    // A reader's text takes it as well: from there the next key goes on.
    editor.view.dom.focus({ preventScroll: true })
  }
  const replace = async (all: boolean) => {
    const found = await session.replacements(instead)
    if (typeof found === 'string') return toast({ kind: 'error', text: notReplaced[found] })
    const current = session.currentHit
    const wanted = all ? found.slice(0, mostHits) : found.filter(({ from }) => from === current?.from)
    const { done, left } = replaceWords(editor, wanted)
    if (!all && current) session.moveTo(current.from + (wanted[0]?.instead.length ?? 0))
    await session.again()
    // Its button can do nothing more, and would take the focus along.
    if (session.state().count === 0) field.current?.focus()
    if (all) toast({ text: replacedWords(done, left, found.length > mostHits) })
    else if (left > 0) toast({ text: holdsMore })
    const next = session.currentHit
    if (next && !all) bringIntoSight(editor.view, next)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const { nativeEvent: given } = event
    if (event.key === 'Escape') close()
    else if (isShortcut('Mod-g', given, isMac())) void go(1)
    else if (isShortcut('Mod-Shift-g', given, isMac())) void go(-1)
    else if (mayReplace && isShortcut(isMac() ? 'Mod-Alt-f' : 'Mod-h', given, isMac())) onReplaces(!replaces)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onEnter = (run: (event: KeyboardEvent) => void) => (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    run(event)
  }
  const none = state.count === 0
  const words = stateWords(state)
  const isWrong = state.kind === 'wrong' || state.kind === 'slow' || state.kind === 'failed'
  return (
    <search
      data-own-keys
      aria-label="Find in the document"
      onKeyDown={onKey}
      className="fixed top-[60px] right-3 z-30 flex w-[min(480px,calc(100vw-1.5rem))] flex-col gap-1.5 rounded-m border border-line bg-raised p-2 shadow-float print:hidden"
    >
      <div className="flex flex-wrap items-center gap-1">
        {mayReplace && (
          <IconButton
            label={replaces ? 'Hide the field for other words' : 'Put other words in their place'}
            size="s"
            aria-expanded={replaces}
            className="max-sm:-order-2"
            onClick={() => onReplaces(!replaces)}
          >
            <ChevronRight
              size={16}
              aria-hidden="true"
              className={classes('transition-transform', replaces && 'rotate-90')}
            />
          </IconButton>
        )}
        <div className="relative min-w-36 flex-1 max-sm:-order-2 max-sm:min-w-[calc(100%-72px)]">
          <input
            ref={field}
            aria-label="Find"
            aria-invalid={state.kind === 'wrong'}
            placeholder="Find"
            value={query.text}
            maxLength={1_000}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => change({ text: event.target.value })}
            onKeyDown={onEnter((event) => void go(event.shiftKey ? -1 : 1))}
            className={classes(fieldClass, 'pr-20')}
          />
          {!isWrong && (
            <span
              aria-hidden="true"
              className="pointer-events-none absolute inset-y-0 right-2 flex items-center text-ink-3 text-xs tabular-nums"
            >
              {words}
            </span>
          )}
        </div>
        <Switch label="Match case" on={query.matchCase} onChange={(matchCase) => change({ matchCase })}>
          <CaseSensitive size={16} aria-hidden="true" />
        </Switch>
        <Switch label="Whole words" on={query.wholeWord} onChange={(wholeWord) => change({ wholeWord })}>
          <WholeWord size={16} aria-hidden="true" />
        </Switch>
        <Switch label="Regular expression" on={query.isRegex} onChange={(isRegex) => change({ isRegex })}>
          <Regex size={16} aria-hidden="true" />
        </Switch>
        <IconButton
          label="Previous"
          shortcut={shortcutText('Shift-Enter', isMac())}
          size="s"
          disabled={none}
          onClick={() => void go(-1)}
        >
          <ArrowUp size={16} aria-hidden="true" />
        </IconButton>
        <IconButton label="Next" shortcut="Enter" size="s" disabled={none} onClick={() => void go(1)}>
          <ArrowDown size={16} aria-hidden="true" />
        </IconButton>
        <IconButton label="Close" shortcut="Esc" size="s" className="max-sm:-order-1" onClick={close}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      </div>
      {replaces && (
        <div className="flex items-center gap-1 pl-8">
          <input
            aria-label="Replace with"
            placeholder={query.isRegex ? 'Replace with ($1 for a group)' : 'Replace with'}
            value={instead}
            maxLength={1_000}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              lastInstead = event.target.value
              setInstead(lastInstead)
            }}
            onKeyDown={onEnter(() => void replace(false))}
            className={fieldClass}
          />
          <Button size="s" disabled={none} onClick={() => void replace(false)}>
            Replace
          </Button>
          <Button size="s" disabled={none} onClick={() => void replace(true)}>
            All
          </Button>
        </div>
      )}
      {/* Said aloud always; to be seen where the field has no room for it. */}
      <p role="status" className={isWrong ? 'break-words px-1 text-blocking text-xs' : 'sr-only'}>
        {words}
      </p>
    </search>
  )
}

function Switch(props: {
  readonly label: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
  readonly children: ReactNode
}) {
  return (
    <IconButton label={props.label} size="s" pressed={props.on} onClick={() => props.onChange(!props.on)}>
      {props.children}
    </IconButton>
  )
}

const notReplaced = {
  slow: 'This expression takes too long over this text. Nothing was changed; try a simpler one.',
  failed: 'Regular expressions cannot be run here just now. Nothing was changed; reload the page.',
  changed: 'Somebody changed the text while it was looked through. Nothing was replaced; try again.',
} as const
const holdsMore = 'This was left as it is: it holds a mention or a footnote, which are no words.'

function stateWords({ kind, sentence, count, isCut, current }: FindState): string {
  switch (kind) {
    case 'none':
      return ''
    case 'searching':
      return 'Looking…'
    case 'wrong':
      return sentence ?? ''
    case 'slow':
      return 'This expression takes too long over this text.'
    case 'failed':
      return 'Regular expressions cannot be run here just now. Reload the page.'
    case 'found':
      if (count === 0) return 'Not found'
      return `${current + 1} of ${count.toLocaleString('en')}${isCut ? ' or more' : ''}`
  }
}

function replacedWords(done: number, left: number, isCut: boolean): string {
  const places = done === 1 ? 'one place' : `${done.toLocaleString('en')} places`
  const rest = left > 0 ? ` ${left} left: they hold a mention or a footnote.` : ''
  return `Replaced in ${places}.${rest}${isCut ? ' There are more.' : ''}`
}

/** Words that are selected in one block are what is looked for. */
function firstQuery(editor: Editor): FindQuery {
  const { selection, doc } = editor.state
  const { $from, $to, from, to, empty } = selection
  if (empty || !$from.sameParent($to) || to - from > 200) return lastQuery
  const text = doc.textBetween(from, to, '\n', '').trim()
  if (text === '') return lastQuery
  lastQuery = { ...lastQuery, text, isRegex: false }
  return lastQuery
}

function useFindSession(editor: Editor, query: FindQuery): FindSession {
  const [session] = useState(() => new FindSession(editor))
  useEffect(() => session.start(), [session])
  useEffect(() => {
    let gone = false
    void session.look(query).then(() => {
      const hit = gone ? null : session.currentHit
      if (hit) bringIntoSight(editor.view, hit)
    })
    return () => {
      gone = true
    }
  }, [editor, session, query])
  return session
}

/** Paints what was found, and where one is. */
function usePainted(editor: Editor, session: FindSession, state: FindState): void {
  const painters = useRef<{ hits: PaintedRanges; current: PaintedRanges } | null>(null)
  useEffect(() => {
    const made = {
      hits: new PaintedRanges(editor.view, 'find-hit'),
      current: new PaintedRanges(editor.view, 'find-current'),
    }
    painters.current = made
    return () => {
      painters.current = null
      made.hits.end()
      made.current.end()
    }
  }, [editor])
  useEffect(() => {
    const hit = state.current < 0 ? null : session.currentHit
    painters.current?.hits.set(session.hits)
    painters.current?.current.set(hit ? [hit] : [])
    // Where nothing can be painted, the selection shows where one is.
    if (hit && !canPaint()) {
      editor.view.dispatch(
        editor.state.tr.setSelection(TextSelection.create(editor.state.doc, hit.from, hit.to)),
      )
    }
  }, [editor, session, state])
}
