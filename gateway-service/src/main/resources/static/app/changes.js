/** So many messages' changes are kept; an answer that is older than the last of so many is hardly under way any more. */
const MOST = 500;
const MOST_OF_ONE = 50;

/**
 * What events have changed in messages, in the order in which they came. An answer that was asked for before an event may show
 * the message as it was, or the event may be there before its message: then the change is made again.
 */
export class Changes {
  #byMessage = new Map();
  #count = 0;

  /** Where an answer stands that is asked for now. */
  get now() {
    return this.#count;
  }

  /** @param {(message: object) => object | null} change what becomes other in the message; `{isGone: true}` takes it away */
  record(messageId, change) {
    const known = this.#byMessage.get(messageId) ?? [];
    this.#byMessage.delete(messageId);
    this.#byMessage.set(messageId, [...known, { at: ++this.#count, change }].slice(-MOST_OF_ONE));
    if (this.#byMessage.size > MOST) this.#byMessage.delete(this.#byMessage.keys().next().value);
  }

  /** The messages with all that came after `since`. */
  apply(messages, since = 0) {
    return messages.map((message) => this.#changed(message, since)).filter((message) => !message.isGone);
  }

  /** A conversation with all that came after `since` in its last message. */
  applyToLast(conversation, since) {
    const { lastMessage } = conversation;
    return lastMessage ? { ...conversation, lastMessage: this.apply([lastMessage], since)[0] ?? null } : conversation;
  }

  /** The connection is gone: what comes next may say more than what was told before. */
  forget() {
    this.#byMessage.clear();
  }

  #changed(message, since) {
    const due = (this.#byMessage.get(message.id) ?? []).filter(({ at }) => at > since);
    return due.reduce((now, { change }) => ({ ...now, ...change(now) }), message);
  }
}
