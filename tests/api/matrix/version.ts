import type { Matrix } from './on-document'

export const onVersions: Matrix = {}
