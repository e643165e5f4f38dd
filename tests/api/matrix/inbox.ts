import type { RouteName } from '../../../lib/api'
import type { Input } from '../world'
import type { Matrix } from './on-document'

export const onInbox: Matrix = {}

/** Routes about the caller alone. */
export const onInboxSelf: Partial<Record<RouteName, Input>> = {}
