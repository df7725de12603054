/** Keeps the pinned messages of the opened conversations in the store. */
export class Pins {
  #api;
  #store;

  constructor(api, store) {
    this.#api = api;
    this.#store = store;
  }

  async load(conversationId) {
    try {
      this.#store.pins.set(conversationId, await this.#api.pinnedMessages(conversationId));
      this.#store.changed('pins');
    } catch {
      // The bar over the history stays as it was; the messages themselves still show that they are pinned.
    }
  }

  changed(conversationId) {
    if (this.#store.activeId === conversationId) this.load(conversationId);
    else this.#store.pins.delete(conversationId);
  }
}
