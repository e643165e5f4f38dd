/** A drafting sheet's grid, faint, fading away from the middle: the ground of pages that hold one thing. */
export function DraftingGround() {
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 -z-10 bg-[linear-gradient(var(--line)_1px,transparent_1px),linear-gradient(90deg,var(--line)_1px,transparent_1px)] bg-[position:center_center] bg-[size:32px_32px] opacity-45 [mask-image:radial-gradient(ellipse_70%_60%_at_50%_45%,black,transparent)]"
    />
  )
}
