const DELIVERY = ['sent', 'delivered', 'read'];

/**
 * Answers and events may overtake each other: of two views of one message, the second as it comes, but never an earlier text, never
 * back from deleted, and never less delivered.
 */
export function later(known, message) {
  const text = isEarlierText(message, known) ? textOf(known) : {};
  const end = known.status === 'deleted' && message.status !== 'deleted' ? { ...textOf(known), status: known.status, reactions: [], isPinned: false } : {};
  return { ...message, ...text, ...end, ...furthest(known, message) };
}

export function furthest(one, other) {
  const further = DELIVERY.indexOf(one?.deliveryStatus) > DELIVERY.indexOf(other?.deliveryStatus) ? one : other;
  return { deliveryStatus: further?.deliveryStatus, readBy: further?.readBy };
}

/** By the server's times alone; a message that was never edited is the earliest. */
export function isEarlierText(message, known) {
  return !known.local && instantOf(message.editedAt) < instantOf(known.editedAt);
}

function textOf({ content, isEdited, editedAt }) {
  return { content, isEdited, editedAt };
}

function instantOf(iso) {
  return iso ? Date.parse(iso) : 0;
}
