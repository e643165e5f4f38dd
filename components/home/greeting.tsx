'use client'

import { useNow } from '../ui/clock'
import { greetingWords } from '../ui/when-words'

/** *Good morning, Ada*, by this device's clock. */
export function Greeting({ name, nowMs }: { name: string; nowMs: number }) {
  const now = new Date(useNow(nowMs))
  const given = name.trim().split(/\s+/u)[0] ?? name
  return (
    <h1
      suppressHydrationWarning
      className="break-words font-[680] text-[1.625rem] leading-tight tracking-[-0.02em]"
    >
      {greetingWords(now.getHours())}, {given}
    </h1>
  )
}
