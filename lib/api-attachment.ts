import { z } from 'zod'
import { idParam, page, paging, type Route } from './api-route'
import { attachmentTypes, fileType } from './content/attachment-kind'

export const attachment = z.object({
  id: z.uuid(),
  documentId: z.uuid(),
  /** Where its bytes are, and what an image or a file in the text holds as its `src`. */
  src: z.string(),
  name: z.string(),
  /** Told by its bytes. What is no image is `application/octet-stream`. */
  mediaType: z.enum(attachmentTypes),
  sizeBytes: z.int().positive(),
  /** Of an image, as it is shown. Null: it is none, or does not say. */
  widthPx: z.int().positive().nullable(),
  heightPx: z.int().positive().nullable(),
  createdAt: z.iso.datetime(),
})
export type AttachmentAnswer = z.infer<typeof attachment>

/** The routes of images and files; part of the table in `api.ts`. */
export const attachmentRoutes = {
  listAttachments: {
    method: 'GET',
    path: '/documents/{id}/attachments',
    scope: 'read',
    summary: 'Images and files of a document, the first first, and how much it may have',
    params: idParam,
    query: z.strictObject(paging),
    output: page(attachment).extend({
      usedBytes: z.int().nonnegative(),
      limits: z.object({
        imageBytes: z.int().positive(),
        fileBytes: z.int().positive(),
        documentBytes: z.int().positive(),
      }),
    }),
    status: 200,
  },
  createAttachment: {
    method: 'POST',
    path: '/documents/{id}/attachments',
    scope: 'write',
    summary:
      'Keep an image or a file with a document: the body is its bytes, as they are; or, with `from`, copy one that I may read',
    creates: true,
    // Each is a file that is held in memory while it is read.
    cost: 5,
    params: idParam,
    query: z.strictObject({
      /** What it is called; with `from` it keeps its name. */
      name: z.string().max(1_000).default('file'),
      /** Another attachment's id. The answer may be that very one, where it is this document's already. */
      from: z.uuid().optional(),
    }),
    consumes: [fileType],
    output: attachment,
    status: 201,
  },
  getAttachment: {
    method: 'GET',
    path: '/attachments/{id}',
    scope: 'read',
    summary: 'The bytes of an image or a file, with an ETag',
    params: idParam,
    produces: attachmentTypes,
    output: z.unknown(),
    status: 200,
  },
} as const satisfies Record<string, Route>
