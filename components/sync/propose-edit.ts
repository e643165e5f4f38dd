import { callApi } from '../call-api'
import type { LateEdit } from './late-edits'

/** Starts a suggestion of one's own. @returns the id of its thread. */
export async function proposeEdit(documentId: string, { key, body }: LateEdit): Promise<string> {
  const { id } = await callApi('createThread', {
    params: { id: documentId },
    body,
    idempotencyKey: key,
  })
  return id
}
