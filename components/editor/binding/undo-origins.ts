import * as Y from 'yjs'

/**
 * Undo in Yjs (13.6, `redoItem`) looks for the left and the right neighbour of what it restores one by one. Where
 * a deleted block comes back whose words stood in another order than they were written in, the right one it finds
 * can stand left of the left one. Such an item is put somewhere by everybody, and not by all at the same place:
 * they have the same state and read different words (yjs issue 794, open). So whatever undo inserts gets a right
 * neighbour that stands on its right, before it goes anywhere.
 *
 * This changes Yjs for the whole page, once, and only what transactions of an undo manager insert.
 */
const integrate = Y.Item.prototype.integrate
Y.Item.prototype.integrate = function (transaction, offset) {
  if (transaction.origin instanceof Y.UndoManager && this.parentSub === null) standBetween(this)
  integrate.call(this, transaction, offset)
}

function standBetween(item: Y.Item): void {
  const { left, right, parent } = item
  if (right === null || !(parent instanceof Y.AbstractType)) return
  const next = left === null ? parent._start : left.right
  for (let at = next; at !== null; at = at.right) if (at === right) return
  item.right = next
  item.rightOrigin = next === null ? null : next.id
}
