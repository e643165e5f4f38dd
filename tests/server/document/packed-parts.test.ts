import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryOf, packParts, unpackParts } from '../../../server/document/packed-parts'
import { checksumOf, type StoredPart } from '../../../server/document/update-log'

const part = fc
  .record({
    kind: fc.constantFrom<StoredPart['kind'][]>('snapshot', 'update', 'archive'),
    id: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String),
    data: fc.uint8Array({ maxLength: 300 }),
  })
  .map((given): StoredPart => ({ ...given, checksum: checksumOf(given.data) }))

const plain = (parts: readonly StoredPart[]) =>
  parts.map(({ kind, id, data, checksum }) => [kind, id, [...data], [...checksum]])

test('parts come out of their pack as they went in, also in another thread', () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 40 }), (parts) => {
      const packed = packParts(parts)
      const there = structuredClone(packed, { transfer: memoryOf(packed) })
      expect(plain(unpackParts(there))).toEqual(plain(parts))
    }),
  )
})
