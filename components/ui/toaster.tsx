'use client'

import { Toast as Base } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { classes } from './classes'
import { connectToaster, type ToastInput } from './toast'

const manager = Base.createToastManager()

function show({ text, kind = 'info', action }: ToastInput): void {
  const id = manager.add({
    title: text,
    type: kind,
    priority: kind === 'error' ? 'high' : 'low',
    timeout: kind === 'error' ? 0 : action ? 10_000 : 5_000,
    ...(action
      ? {
          actionProps: {
            children: action.text,
            onClick: () => {
              manager.close(id)
              action.run()
            },
          },
        }
      : {}),
  })
}

/** Mounted once, at the root: where toasts appear. */
export function Toaster() {
  useEffect(() => connectToaster(show), [])
  return (
    <Base.Provider toastManager={manager} limit={3}>
      <Base.Portal>
        <Base.Viewport className="print:hidden fixed right-4 bottom-4 z-[60] flex w-[min(380px,calc(100vw-2rem))] flex-col gap-2 max-sm:bottom-[max(1rem,env(safe-area-inset-bottom))]">
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function Toasts() {
  const { toasts } = Base.useToastManager()
  return toasts.map((item) => (
    <Base.Root
      key={item.id}
      toast={item}
      swipeDirection={['right', 'down']}
      className={classes(
        'rounded-m border bg-raised text-ink shadow-float outline-none transition-[opacity,translate] data-[limited]:hidden',
        'data-[ending-style]:translate-y-1 data-[ending-style]:opacity-0 data-[starting-style]:translate-y-2 data-[starting-style]:opacity-0',
        item.type === 'error' ? 'border-blocking' : 'border-line',
      )}
    >
      <Base.Content className="flex items-center gap-2 py-1.5 pr-1.5 pl-4 text-s">
        <Base.Title className="min-w-0 flex-1 break-words py-1.5 font-normal" />
        <Base.Action className="h-8 shrink-0 rounded-s px-2.5 font-[600] text-accent hover:bg-sunk active:bg-line" />
        <Base.Close
          aria-label="Close"
          className="grid size-8 shrink-0 place-items-center rounded-s text-ink-3 hover:bg-sunk hover:text-ink active:bg-line"
        >
          <X size={16} />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ))
}
