import type { Matrix } from './on-document'

export const onSections: Matrix = {}
