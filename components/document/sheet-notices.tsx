import type { ReactNode } from 'react'
import type { BodyCondition } from '../../lib/live'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { BinNotice } from './bin-notice'
import { ConditionNotice } from './condition-notice'

export interface SheetNoticesProps {
  /** The editor could not be fetched. */
  readonly failed: boolean
  readonly onReload: () => void
  readonly binned: boolean
  /** Null: this person may not. */
  readonly onTakeOut: (() => void) | null
  readonly condition: BodyCondition | null
  /** What the other nouns have to say about the document, in their order. */
  readonly children: ReactNode
}

/** Between title and text: what everybody should know before they read on. */
export function SheetNotices(props: SheetNoticesProps) {
  const { failed, onReload, binned, onTakeOut, condition, children } = props
  return (
    <div className="mt-4 mb-8 flex flex-col gap-2 sm:mb-10">
      {failed && (
        <Banner
          kind="error"
          title="The editor did not load."
          actions={
            <Button size="s" onClick={onReload}>
              Reload
            </Button>
          }
        >
          The server may have been updated or cannot be reached. Nothing was changed.
        </Banner>
      )}
      {binned && <BinNotice onRestore={onTakeOut} />}
      {condition && <ConditionNotice condition={condition} />}
      {children}
    </div>
  )
}
