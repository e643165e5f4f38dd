/** The drafting sheet: our mark. */
export function Mark({ size = 21 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="3 2 26 28" aria-hidden="true" className="shrink-0 text-accent">
      <g fill="none" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
        <path d="M7.5 3.5H19l6 6v17a2 2 0 0 1-2 2H9.5a2 2 0 0 1-2-2z" />
        <path d="M12 11.5h5M12 17h8.5M12 22.5h8.5" />
      </g>
    </svg>
  )
}
