export interface DiagramPicture {
  readonly svg: string
  /** In CSS pixels. */
  readonly width: number
  readonly height: number
  readonly title: string
  readonly isDark: boolean
}

/** What became of a source. `gone`: nothing is wrong with it as far as is known, and it is worth another try. */
export type Drawn =
  | { readonly is: 'drawn'; readonly picture: DiagramPicture }
  | { readonly is: 'drawn'; readonly formula: Element }
  | { readonly is: 'failed'; readonly message: string; readonly line: number | null }
  | { readonly is: 'gone'; readonly message: string }
