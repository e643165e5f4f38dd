/**
 * Arrays as PostgreSQL sends and receives them in binary (`array_recv` in its arrayfuncs.c). As text, pg writes
 * every byte of a `bytea` as two hex digits within quotes, and the server reads them back. pg passes a Buffer on
 * in binary by itself.
 */
const elementTypes = { bytea: 17, int8: 20, uuid: 2950 } as const

const headBytes = 20
const firstIndex = 1
const nullLength = -1

function binaryArray(type: keyof typeof elementTypes, elements: readonly (Uint8Array | null)[]): Buffer {
  const bodyBytes = elements.reduce((bytes, element) => bytes + 4 + (element?.length ?? 0), 0)
  const array = Buffer.allocUnsafe(headBytes + bodyBytes)
  array.writeInt32BE(1, 0) // dimensions
  array.writeInt32BE(elements.includes(null) ? 1 : 0, 4)
  array.writeInt32BE(elementTypes[type], 8)
  array.writeInt32BE(elements.length, 12)
  array.writeInt32BE(firstIndex, 16)
  let at = headBytes
  for (const element of elements) {
    at = array.writeInt32BE(element?.length ?? nullLength, at)
    if (element === null) continue
    array.set(element, at)
    at += element.length
  }
  return array
}

export const byteaArray = (elements: readonly Uint8Array[]): Buffer => binaryArray('bytea', elements)

export const uuidArray = (ids: readonly (string | null)[]): Buffer =>
  binaryArray(
    'uuid',
    ids.map((id) => (id === null ? null : Buffer.from(id.replaceAll('-', ''), 'hex'))),
  )

export const int8Array = (values: readonly (number | bigint)[]): Buffer =>
  binaryArray(
    'int8',
    values.map((value) => {
      const bytes = Buffer.allocUnsafe(8)
      bytes.writeBigInt64BE(BigInt(value))
      return bytes
    }),
  )
