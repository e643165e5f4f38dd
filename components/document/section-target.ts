/** A section whose menu was asked for, and by which button. */
export interface SectionTarget {
  readonly sectionId: string
  readonly button: HTMLElement
}
