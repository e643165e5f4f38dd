import type { SectionAnswer } from '../../lib/api-section'
import type { Beginning } from '../../lib/content/beginning'
import type { RedlineBlock } from '../../lib/content/redline/redline'
import { firstWords, saidOfEmpty } from '../editor/section/section-marks'
import { Skeleton } from '../ui/skeleton'
import { Block } from './redline-block'
import { keyOf } from './redline-folds'
import { type Names, Pieces } from './redline-pieces'
import './text-beginning.css'

export interface TextBeginningProps {
  readonly beginning: Beginning
  /** Of the same text. */
  readonly sections: readonly SectionAnswer[]
  /** Said in an empty section, by the key of the template's section. */
  readonly advice: Readonly<Record<string, string>>
  readonly canWrite: boolean
}

/**
 * The first screens of a text, drawn by the server, so that they are read while the page fetches its editor and what
 * was written since. They stand where they will stand in the editor, which takes their place.
 */
export function TextBeginning({ beginning, sections, advice, canWrite }: TextBeginningProps) {
  const { blocks, isWhole } = beginning
  // Sections by their order: ids in a text may be missing, or stand there twice.
  const headed = sections.filter(({ level }) => level > 0)
  let current: SectionAnswer | undefined
  const draw = (block: RedlineBlock, index: number) => {
    if (block.type === 'heading') {
      current = headed.shift()
      return <Heading key={keyOf(block)} block={block} number={current?.number ?? ''} />
    }
    const isAlone = isWhole && blocks.length === 1
    const isFirst = blocks[index - 1]?.type === 'heading'
    const hint =
      isFirst && current ? hintOf(current, advice, canWrite) : isAlone && canWrite ? firstWords : undefined
    return hint !== undefined && block.type === 'paragraph' && block.inline?.length === 0 ? (
      <p key={keyOf(block)} className="has-hint" data-hint={hint} />
    ) : (
      <Block key={keyOf(block)} block={withoutColours(block)} names={nobody} />
    )
  }
  return (
    <div className="body is-beginning" data-reading>
      {blocks.map(draw)}
      {!isWhole && (
        <>
          <div
            role="status"
            aria-label="The rest of the text is on its way"
            className="flex flex-col gap-3 pt-1 print:hidden"
          >
            <Skeleton className="h-4 w-full" />
            <Skeleton className="h-4 w-[94%]" />
            <Skeleton className="h-4 w-[62%]" />
          </div>
          <div className="hidden print:block">The rest of the text had not come when this was printed.</div>
        </>
      )}
    </div>
  )
}

/** In the first, empty paragraph of a section of which that is all. */
function hintOf(
  { state, said, templateSection }: SectionAnswer,
  advice: TextBeginningProps['advice'],
  canWrite: boolean,
): string | undefined {
  if (state !== 'empty' && state !== 'not_applicable') return undefined
  const reason = state === 'not_applicable' ? (said?.reason ?? null) : null
  return saidOfEmpty(advice[templateSection ?? ''], reason, canWrite)
}

/** As the editor draws it at its section (editor/section/section-marks.ts). */
function Heading({ block, number }: { block: RedlineBlock; number: string }) {
  const depth = number === '' ? Number(block.attrs.level) : number.split('.').length
  const Tag = `h${Math.min(6, Math.max(1, Number(block.attrs.level)))}` as 'h1'
  return (
    <Tag
      className={`section-heading depth-${Math.min(depth, 3)}`}
      data-number={number}
      aria-level={Math.min(depth + 1, 6)}
    >
      <Pieces pieces={block.inline ?? []} names={nobody} whole={null} />
    </Tag>
  )
}

/** The editor colours code when it stands. */
const withoutColours = (block: RedlineBlock): RedlineBlock => ({
  ...block,
  attrs: block.type === 'codeBlock' ? { ...block.attrs, language: null } : block.attrs,
  blocks: block.blocks?.map(withoutColours) ?? null,
})

const nobody: Names = new Map()
