import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  attachmentAt,
  attachmentPlace,
  fileName,
  isFilePlace,
  maxFileNameLength,
  newAttachmentId,
  parseAttachmentId,
  sizeInId,
} from '../../../lib/content/attachment'
import { imageTypeOf } from '../../../lib/content/attachment-kind'
import { attachmentRefusal, defaultAttachmentLimits } from '../../../lib/content/attachment-limits'
import { sizeInWords } from '../../../lib/size-in-words'
import { disposition } from '../../../server/document/attachment-file'

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

test('an id says how large its image is, is a place in the text, and nothing else about it can be guessed', () => {
  const side = fc.integer({ min: 1, max: 0xffff })
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), side, side, (random, width, height) => {
      const id = newAttachmentId(random, { width, height })
      expect(parseAttachmentId(id)).toBe(id)
      expect(attachmentAt(attachmentPlace(id))).toBe(id)
      expect(isFilePlace(attachmentPlace(id))).toBe(true)
      expect(sizeInId(id)).toEqual({ width, height })
    }),
  )
  const random = Uint8Array.from({ length: 16 }, (_, at) => at + 1)
  expect(sizeInId(newAttachmentId(random, null))).toBeNull()
  expect(sizeInId(newAttachmentId(random, { width: 70_000, height: 10 }))).toBeNull()
  // An id that somebody else made says nothing, whatever stands in it.
  const foreign = parseAttachmentId('00500050-1234-4abc-8def-0123456789ab')
  expect(foreign && sizeInId(foreign)).toBeNull()
})

test.each([
  ['flow.png', 'flow.png'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\ada\\design v2.docx', 'design v2.docx'],
  ['annexe\u202Egnp.exe', 'annexegnp.exe'],
  ['a\u0000b\nc.txt', 'abc.txt'],
  ['..', 'file'],
  ['\u200B', 'file'],
  [`${'x'.repeat(400)}.tar.gz`, `${'x'.repeat(maxFileNameLength - 3)}.gz`],
])('the name %j is kept as %j', (given, kept) => {
  expect(fileName(given)).toBe(kept)
})

describe('what a file is', () => {
  test.each([
    ['image/png', ascii('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
    ['image/jpeg', ascii('\xff\xd8\xff\xe0')],
    ['image/gif', ascii('GIF89a')],
    ['image/webp', ascii('RIFF\x10\0\0\0WEBPVP8 ')],
    ['image/avif', ascii('\0\0\0\x20ftypavif')],
    ['image/svg+xml', ascii('<svg xmlns="http://www.w3.org/2000/svg">')],
    [
      'image/svg+xml',
      ascii('<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n<svg>'),
    ],
    [null, ascii('<!DOCTYPE svg [<!ENTITY a "b">]><svg>')],
    [null, ascii('<html><svg>')],
    [null, ascii('<svgx>')],
    [null, ascii('PK\x03\x04')],
    [null, ascii('\0\0\0\x20ftypheic')],
    [null, new Uint8Array()],
  ])('is told by its bytes: %s', (type, bytes) => {
    expect(imageTypeOf(bytes)).toBe(type)
  })
})

test('a name of any letters is given out in a header of ASCII', () => {
  expect(disposition('attachment', `Entwurf "für" 100%.pdf`)).toBe(
    `attachment; filename="Entwurf _f_r_ 100_.pdf"; filename*=UTF-8''Entwurf%20%22f%C3%BCr%22%20100%25.pdf`,
  )
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(disposition('inline', fileName(text))).toMatch(/^[\x20-\x7e]+$/)
    }),
  )
})

test('limits are said in the words of people', () => {
  const limits = defaultAttachmentLimits
  const image = { sizeBytes: 50 * 1024 * 1024, isImage: true }
  expect(attachmentRefusal(image, limits, 0)).toBe(
    'This image has 50 MB; images of up to 10 MB can be in a document. Make it smaller.',
  )
  expect(attachmentRefusal({ sizeBytes: limits.imageBytes, isImage: true }, limits, 0)).toBeNull()
  expect(attachmentRefusal({ sizeBytes: 1, isImage: false }, limits, limits.documentBytes)).toContain(
    '200 MB',
  )
  expect([1_024, 1_536_000, 26_214_400].map(sizeInWords)).toEqual(['1 KB', '1.5 MB', '25 MB'])
})
