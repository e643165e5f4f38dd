/** Our mark: a drafting sheet, two lines of reasoning, the title block where a decision is signed. */
export function Mark({ size = 21 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="2 2 28 28" aria-hidden="true" className="shrink-0 text-accent">
      <g fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round">
        <rect x="4" y="4" width="24" height="24" rx="4.5" />
        <path d="M10 11h12M10 16.5h6" />
      </g>
      <path d="M17.5 20a1 1 0 0 1 1-1H28v4.5a4.5 4.5 0 0 1-4.5 4.5h-5a1 1 0 0 1-1-1z" fill="currentColor" />
    </svg>
  )
}
