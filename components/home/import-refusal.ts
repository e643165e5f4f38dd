import { isMarkdownName, maxImportBytes } from '../../lib/document'

const megabytes = (bytes: number): string =>
  (bytes / 1024 / 1024).toLocaleString('en', { maximumFractionDigits: 1 })

/** Why these files cannot be imported, known before anything is sent; null: the first one may be sent. */
export function importRefusal(files: readonly { name: string; size: number }[]): string | null {
  const [file] = files
  if (!file) return 'That was no file. Choose a Markdown file (.md).'
  if (files.length > 1) return 'One file is imported at a time. Nothing was imported; choose one of them.'
  if (!isMarkdownName(file.name))
    return 'This kind of file cannot be read here. Choose a Markdown file: its name ends in .md.'
  if (file.size > maxImportBytes)
    return `This file has ${megabytes(file.size)} MB; up to ${megabytes(maxImportBytes)} MB can be imported. Split it into smaller files.`
  if (file.size === 0) return 'This file is empty. There is nothing to import.'
  return null
}
