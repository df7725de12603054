/**
 * Which conversations have something new, kept in this browser: for each conversation the last message that was seen.
 * On a browser's first sign-in everything that is there counts as seen.
 */
export class Unread {
  #key;
  #seen;

  constructor(tenantId, userId) {
    this.#key = `parley.seen.${tenantId}.${userId}`;
    this.#seen = JSON.parse(localStorage.getItem(this.#key) ?? 'null');
    this.userId = userId;
    addEventListener('storage', this.#onStorage);
  }

  begin(conversations) {
    if (this.#seen) return;
    this.#seen = {};
    conversations.forEach((conversation) => this.see(conversation));
    this.#save();
  }

  has(conversation) {
    const last = conversation.lastMessage;
    return !!last && !!this.#seen && last.senderId !== this.userId && this.#seen[conversation.id] !== last.id;
  }

  /** @returns whether that changed anything */
  see(conversation) {
    const last = conversation.lastMessage;
    if (!this.#seen || !last || this.#seen[conversation.id] === last.id) return false;
    this.#seen[conversation.id] = last.id;
    this.#save();
    return true;
  }

  close() {
    removeEventListener('storage', this.#onStorage);
  }

  #onStorage = (event) => {
    if (event.key === this.#key && event.newValue) this.#seen = JSON.parse(event.newValue);
  };

  #save() {
    localStorage.setItem(this.#key, JSON.stringify(this.#seen));
  }
}
