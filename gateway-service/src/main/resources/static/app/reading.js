/**
 * Tells the server how far the user has read: up to the newest message of somebody else that was on the screen while the page was
 * visible and had the focus. What is not seen stays unread.
 */
export class Reading {
  #api;
  #socket;
  #store;
  /** By conversation id, up to which `seq` the server was told. */
  #told = new Map();
  /** By conversation id, up to which `seq` everything is read, as far as this page knows. */
  #reached = new Map();
  /** The ids of conversations in which a jump went past what is unread. */
  #skipped = new Set();
  /** By conversation id, what the server is told next, while an earlier answer is under way. */
  #next = new Map();
  #busy = new Set();

  constructor(api, socket, store) {
    this.#api = api;
    this.#socket = socket;
    this.#store = store;
  }

  /** Whether somebody looks at the page. */
  get isAttended() {
    return document.visibilityState === 'visible' && document.hasFocus();
  }

  /** The conversation was opened where what is unread begins. */
  beginsAt(conversationId, seq) {
    this.#reached.set(conversationId, seq - 1);
    this.#skipped.delete(conversationId);
  }

  /** A message was jumped to: what is unread before it counts as read only once its reader comes to it or to the end. */
  jumped(conversationId, seq) {
    const conversation = this.#store.conversations.get(conversationId);
    if (conversation && this.unreadIn(conversation) > 0 && seq > this.#upTo(conversationId) + 1) this.#skipped.add(conversationId);
  }

  /**
   * The messages from one `seq` to another are on the screen.
   *
   * @param {boolean} isEnd whether the newest message of all is among them
   */
  see(conversationId, from, to, isEnd) {
    const conversation = this.#store.conversations.get(conversationId);
    const timeline = this.#store.timelines.get(conversationId);
    if (!conversation?.isActive || !timeline?.loaded || !this.isAttended) return;
    if (this.#skipped.has(conversationId) && !isEnd && from > this.#upTo(conversationId) + 1) return;
    this.#skipped.delete(conversationId);
    const newest = timeline.entries.findLast((entry) => !entry.local && entry.seq <= to && entry.senderId !== this.#store.me.id);
    if (!newest || newest.seq <= (this.#told.get(conversationId) ?? 0)) return;
    this.#told.set(conversationId, newest.seq);
    this.#next.set(conversationId, newest);
    this.#tellNext(conversationId);
  }

  /** What waits to be read, without what the server has only not heard yet. */
  unreadIn(conversation) {
    const newest = conversation.lastMessage?.seq ?? 0;
    return (this.#told.get(conversation.id) ?? 0) >= newest ? 0 : (conversation.unreadCount ?? 0);
  }

  #upTo(conversationId) {
    return Math.max(this.#told.get(conversationId) ?? 0, this.#reached.get(conversationId) ?? 0);
  }

  /** One request at a time for each conversation: who scrolls passes many messages. */
  async #tellNext(conversationId) {
    if (this.#busy.has(conversationId)) return;
    this.#busy.add(conversationId);
    for (let message; (message = this.#next.get(conversationId)); ) {
      this.#next.delete(conversationId);
      try {
        await this.#send(conversationId, message.id);
      } catch (failure) {
        // The next look at the conversation, or the next connect, tries again.
        if (failure.isPassing && this.#told.get(conversationId) === message.seq) this.#told.delete(conversationId);
      }
    }
    this.#busy.delete(conversationId);
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
