/**
 * The files of a paste that is nothing but files; none: something else reads it. A table from a spreadsheet comes with
 * a picture of itself, a copied picture with a line of HTML around it.
 */
export function filesAlone(data: DataTransfer | null): readonly File[] {
  const files = [...(data?.files ?? [])]
  return files.length > 0 && !hasWords(data, files) ? files : []
}

/** True when it says more than what the files are called: file managers give their names along. */
function hasWords(data: DataTransfer | null, files: readonly File[]): boolean {
  const names = new Set(['', ...files.map(({ name }) => name)])
  const lines = (data?.getData('text/plain') ?? '').split(/\r?\n/)
  if (lines.some((line) => !names.has(line.trim().split(/[/\\]/).at(-1) ?? ''))) return true
  const html = data?.getData('text/html') ?? ''
  const text = html && new DOMParser().parseFromString(html, 'text/html').body.textContent
  return !names.has(text?.trim() ?? '')
}
