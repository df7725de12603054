/** What this tab has not got through yet, kept over a reload. It goes with the tab or at the end of the session. */
export class Unsent {
  #key;
  #messages;

  constructor(tenantId, userId) {
    this.#key = `parley.unsent.${tenantId}.${userId}`;
    this.#messages = JSON.parse(sessionStorage.getItem(this.#key) ?? '[]');
  }

  /** In order of sending. */
  get messages() {
    return [...this.#messages];
  }

  /** @param {{tempId: string, conversationId: string, text: string, createdAt: string}} message */
  add(message) {
    this.#save([...this.#messages, message]);
  }

  remove(tempId) {
    if (this.#messages.some((message) => message.tempId === tempId)) {
      this.#save(this.#messages.filter((message) => message.tempId !== tempId));
    }
  }

  clear() {
    this.#messages = [];
    sessionStorage.removeItem(this.#key);
  }

  #save(messages) {
    this.#messages = messages;
    sessionStorage.setItem(this.#key, JSON.stringify(messages));
  }
}
