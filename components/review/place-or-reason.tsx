export interface PlaceOrReasonProps {
  readonly link: string | null
  readonly because: string | null
}

/** Where something was implemented, or why there is no such place. */
export function PlaceOrReason({ link, because }: PlaceOrReasonProps) {
  if (link) {
    return (
      <a href={link} target="_blank" rel="noreferrer" className="break-all text-accent hover:underline">
        {link}
      </a>
    )
  }
  return because ? <>No link: “{because}”</> : null
}
