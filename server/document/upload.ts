import { isMarkdownName, maxImportBytes } from '../../lib/document'
import { PublicError } from '../../lib/errors'
import { sizeInWords } from '../../lib/size-in-words'
import { mediaType, readBody } from '../http/body'

/** A Markdown file as it was sent. */
export interface Upload {
  readonly bytes: Uint8Array
  /** Null: a body without a name. */
  readonly fileName: string | null
}

/** What multipart adds around a file: boundaries, a header or two, perhaps a field. */
const multipartExtraBytes = 64 * 1024

const tooLarge = `This file is larger than ${sizeInWords(maxImportBytes)}, the most that can be imported. Split it into smaller ones.`
const notMarkdown = 'This file is no Markdown file. Import one whose name ends in .md.'
const markdownTypes = new Set(['text/markdown', 'text/x-markdown'])

/**
 * The file in a request: the body itself as `text/markdown`, or the one file of a multipart form.
 *
 * @throws PublicError `too_large` before more than the limit has been read, `unsupported_media` for anything
 *   that is no Markdown, `invalid` for a form without a file or with several.
 */
export async function readUpload(request: Request): Promise<Upload> {
  const type = mediaType(request)
  if (markdownTypes.has(type)) {
    return { bytes: await readBody(request, maxImportBytes, tooLarge), fileName: null }
  }
  if (type !== 'multipart/form-data') {
    throw new PublicError('unsupported_media', {
      sentence: 'Send a Markdown file: as text/markdown, or as the file of a multipart form.',
    })
  }
  const form = await formOf(request)
  const files = [...form.values()].filter((value): value is File => typeof value !== 'string')
  const [file] = files
  if (!file || files.length > 1) {
    throw new PublicError('invalid', { sentence: 'Send exactly one file in the form.' })
  }
  if (!isMarkdownName(file.name)) throw new PublicError('unsupported_media', { sentence: notMarkdown })
  if (file.size > maxImportBytes) throw new PublicError('too_large', { sentence: tooLarge })
  return {
    bytes: new Uint8Array(await file.arrayBuffer()),
    fileName: file.name.split(/[/\\]/).at(-1) ?? file.name,
  }
}

async function formOf(request: Request): Promise<FormData> {
  const bytes = await readBody(request, maxImportBytes + multipartExtraBytes, tooLarge)
  const contentType = request.headers.get('content-type') ?? ''
  try {
    return await new Response(Buffer.from(bytes), { headers: { 'content-type': contentType } }).formData()
  } catch {
    throw new PublicError('invalid', { sentence: 'This form cannot be read: it is no whole multipart form.' })
  }
}
