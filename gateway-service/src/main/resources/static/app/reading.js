/**
 * Tells the server how far the user has read: up to the newest message of somebody else that was on a visible page at the
 * end of the open conversation. What is not seen stays unread.
 */
export class Reading {
  #api;
  #socket;
  #store;
  /** By conversation id, up to which `seq` the server was told. */
  #told = new Map();

  constructor(api, socket, store) {
    this.#api = api;
    this.#socket = socket;
    this.#store = store;
  }

  /** The end of the conversation is on the page. */
  see(conversationId) {
    const conversation = this.#store.conversations.get(conversationId);
    const timeline = this.#store.timelines.get(conversationId);
    if (!conversation?.isActive || !timeline?.loaded || !timeline.atEnd || document.visibilityState !== 'visible') return;
    const newest = timeline.entries.findLast((entry) => !entry.local && entry.senderId !== this.#store.me.id);
    if (!newest || newest.seq <= (this.#told.get(conversationId) ?? 0)) return;
    this.#told.set(conversationId, newest.seq);
    this.#tell(conversationId, newest);
  }

  /** What waits to be read, without what the server has only not heard yet. */
  unreadIn(conversation) {
    const others = conversation.lastMessage?.seq ?? 0;
    return (this.#told.get(conversation.id) ?? 0) >= others ? 0 : (conversation.unreadCount ?? 0);
  }

  async #tell(conversationId, message) {
    try {
      await this.#send(conversationId, message.id);
    } catch (failure) {
      // The next look at the conversation, or the next connect, tries again.
      if (failure.isPassing && this.#told.get(conversationId) === message.seq) this.#told.delete(conversationId);
    }
  }

  async #send(conversationId, messageId) {
    if (this.#socket.isConnected) {
      try {
        return await this.#socket.ask('mark_read', { conversationId, messageId });
      } catch (failure) {
        if (failure.code === 'service.unavailable') throw failure;
      }
    }
    return this.#api.markRead(conversationId, messageId);
  }
}
