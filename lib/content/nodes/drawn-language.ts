/** Languages of code blocks that are shown as a drawing of what they say, as GitHub does from the same Markdown. */
export const mathLanguage = 'math'
export const diagramLanguage = 'mermaid'

export const isDrawnLanguage = (language: unknown): boolean =>
  language === diagramLanguage || language === mathLanguage
