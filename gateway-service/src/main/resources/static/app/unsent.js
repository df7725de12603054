/** More than this is not kept: a browser's storage is small, and nobody writes so much without looking up. */
const MOST = 100;

/** What this user has not got through yet, kept in this browser over a reload; it goes with a log-out. */
export class Unsent {
  #key;

  constructor(tenantId, userId) {
    this.#key = `parley.unsent.${tenantId}.${userId}`;
  }

  /** In order of sending. */
  get messages() {
    try {
      return JSON.parse(localStorage.getItem(this.#key) ?? '[]');
    } catch {
      return []; // what somebody else wrote there is nothing of ours
    }
  }

  /** @param {{tempId: string, conversationId: string, text: string, replyTo?: object, files: object[], createdAt: string}} message */
  add(message) {
    this.#save([...this.messages, message].slice(-MOST));
  }

  /** @returns the message; null if it was none of these */
  remove(tempId) {
    const { messages } = this;
    const removed = messages.find((message) => message.tempId === tempId);
    if (removed) this.#save(messages.filter((message) => message !== removed));
    return removed ?? null;
  }

  clear() {
    localStorage.removeItem(this.#key);
  }

  #save(messages) {
    try {
      if (messages.length) localStorage.setItem(this.#key, JSON.stringify(messages));
      else this.clear();
    } catch {
      // The storage is full: the message is on the page and goes out from there, only a reload would lose it.
    }
  }
}
