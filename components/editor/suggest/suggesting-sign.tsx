import { PencilLine } from 'lucide-react'
import { Button } from '../../ui/button'

/** Says, for as long as it is so, that what is typed is proposed and not written. */
export function SuggestingSign({ onStop }: { readonly onStop: () => void }) {
  return (
    <div
      role="status"
      className="fixed bottom-4 left-1/2 z-20 flex -translate-x-1/2 items-center gap-2 rounded-full border border-line bg-raised py-1 pr-1 pl-3 text-ink-2 text-s shadow-float max-[760px]:bottom-16 print:hidden"
    >
      <PencilLine size={15} aria-hidden="true" className="text-accent" />
      Suggesting: the text stays as it is
      <Button size="s" look="quiet" onClick={onStop}>
        Write again
      </Button>
    </div>
  )
}
