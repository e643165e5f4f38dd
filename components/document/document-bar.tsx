import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DocumentAnswer } from '../../lib/api'
import { numberWords } from '../home/document-words'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { TitleField } from './title-field'

export interface DocumentBarProps {
  readonly document: DocumentAnswer
  readonly canRename: boolean
  readonly onRename: (title: string) => Promise<void>
  /** Null: there is nothing to share here. */
  readonly onShare: (() => void) | null
  readonly outline: ReactNode
  /** The status, while it is not in sight under the title. */
  readonly status: ReactNode
  readonly saved: ReactNode
  readonly threads: ReactNode
  readonly faces: ReactNode
  /** The way to what waits on me, where something new does. */
  readonly inbox: ReactNode
  readonly more: ReactNode
}

/** The bar: way back, which document, whether it is saved, who is here, sharing, the rest. */
export function DocumentBar(props: DocumentBarProps) {
  const { document, canRename, onRename, onShare, outline, status, saved, threads, faces, inbox, more } =
    props
  return (
    <header
      data-bar
      className="sticky top-0 z-30 flex h-[52px] items-center gap-2 border-line border-b bg-desk/90 px-3 backdrop-blur-[10px] print:hidden"
    >
      <IconButton label="Documents" nativeButton={false} render={<a href="/" />}>
        <ChevronLeft size={18} aria-hidden="true" />
      </IconButton>
      {outline}
      <span className="shrink-0 text-ink-3 text-s tabular-nums max-sm:hidden">
        {numberWords(document.number)}
      </span>
      <div className="min-w-0 flex-1 max-sm:hidden">
        <TitleField
          title={document.title}
          canRename={canRename}
          onRename={onRename}
          className="block max-w-full truncate font-[600] text-m leading-7"
        />
      </div>
      <span className="min-w-0 flex-1 truncate font-[600] text-m sm:hidden">{document.title}</span>
      {status}
      {saved}
      {threads}
      <div className="max-sm:hidden">{faces}</div>
      {onShare && (
        <Button className="max-sm:hidden" onClick={onShare}>
          Share
        </Button>
      )}
      {inbox}
      {more}
    </header>
  )
}
