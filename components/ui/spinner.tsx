import { classes } from './classes'

/** A turning ring in the colour of the text around it. Say beside it, in words, what is under way. */
export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={classes(
        'inline-block size-3.5 shrink-0 animate-spin motion-reduce:[animation-duration:3s] rounded-full border-2 border-current border-r-transparent',
        className,
      )}
    />
  )
}
