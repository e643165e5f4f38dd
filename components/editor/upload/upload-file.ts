import type { AttachmentAnswer } from '../../../lib/api-attachment'
import { imageTypes } from '../../../lib/content/attachment-kind'
import { attachmentRefusal } from '../../../lib/content/attachment-limits'
import { PublicError } from '../../../lib/errors'
import { addressOf } from '../../api-address'
import { CallError, callApi, failureOf } from '../../call-api'

/** From here on the limits are asked for first: a small file is refused as quickly by sending it. */
const askFromBytes = 1024 * 1024

export interface FileToSend {
  readonly documentId: string
  readonly file: File
  /** The same for each attempt at one file: what was kept although its answer was lost is kept once. */
  readonly idempotencyKey: string
  readonly signal: AbortSignal
  /** Part of it that has gone, from 0 to 1. */
  readonly onProgress: (part: number) => void
}

/**
 * Keeps a file with a document.
 *
 * @throws PublicError with a sentence to show; the signal's reason when it was aborted.
 */
export async function sendFile(given: FileToSend): Promise<AttachmentAnswer> {
  const { documentId, file, signal } = given
  if (file.size >= askFromBytes || file.size === 0) {
    const params = { id: documentId }
    const { limits, usedBytes } = await callApi('listAttachments', { params, query: { limit: 1 }, signal })
    const isImage = imageTypes.some((type) => type === file.type)
    const sentence = attachmentRefusal({ sizeBytes: file.size, isImage }, limits, usedBytes)
    if (sentence) throw new PublicError('too_large', { sentence })
  }
  return await send(given)
}

/** `fetch` tells nothing of what has gone. */
function send({
  documentId,
  file,
  idempotencyKey,
  signal,
  onProgress,
}: FileToSend): Promise<AttachmentAnswer> {
  const { method, url } = addressOf('createAttachment', { id: documentId }, { name: file.name || 'file' })
  const request = new XMLHttpRequest()
  return new Promise<AttachmentAnswer>((resolve, reject) => {
    const abort = () => {
      request.abort()
      reject(signal.reason)
    }
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    request.open(method, url)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('idempotency-key', idempotencyKey)
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total ? loaded / total : 0))
    request.addEventListener('error', () => reject(new CallError('unavailable', { sentence: unreachable })))
    request.addEventListener('load', () => {
      const { status, responseText } = request
      if (status === 201) resolve(JSON.parse(responseText) as AttachmentAnswer)
      else if (status === 0) reject(new CallError('unavailable', { sentence: unreachable }))
      else failureOf(new Response(responseText, { status })).then(reject, reject)
    })
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort))
    request.send(file)
  })
}

const unreachable = 'The server cannot be reached. The file is still here: try again when you are connected.'
