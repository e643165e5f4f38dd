import type { Matrix } from './on-document'

export const onReviews: Matrix = {}
