'use client'

import { FileDown } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** While a file is held over the page: where it may be let go, anywhere. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const [over, setOver] = useState(false)
  // Entering a child fires before leaving its parent: only the balance says whether the page was left.
  const depth = useRef(0)

  useEffect(() => {
    const settle = () => {
      depth.current = 0
      setOver(false)
    }
    const onEnter = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      depth.current += 1
      setOver(true)
    }
    const onLeave = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      depth.current -= 1
      if (depth.current <= 0) settle()
    }
    const onOver = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault()
    }
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      settle()
      onFiles([...(event.dataTransfer?.files ?? [])])
    }
    window.addEventListener('dragenter', onEnter)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('dragover', onOver)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragenter', onEnter)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('drop', onDrop)
    }
  }, [onFiles])

  if (!over) return null
  return (
    <div className="pointer-events-none fixed inset-0 z-30 grid place-items-center bg-veil p-6">
      <p className="flex items-center gap-3 rounded-m border-2 border-accent border-dashed bg-raised px-7 py-6 font-[600] text-l shadow-float">
        <FileDown size={22} className="text-accent" aria-hidden="true" />
        Drop a Markdown file to import it
      </p>
    </div>
  )
}
