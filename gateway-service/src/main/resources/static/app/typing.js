/** While the user types, say so this often; others forget it after FORGET_MILLIS without a repetition. */
const REPEAT_MILLIS = 3_000;
const IDLE_MILLIS = 4_000;
const FORGET_MILLIS = 7_000;

/** Tells the others that this user types, and when that ends. */
export class TypingOut {
  #tell;
  #conversationId = null;
  #saidAt = 0;
  #idle = null;

  /** @param {(conversationId: string, isTyping: boolean) => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  typed(conversationId) {
    if (this.#conversationId !== conversationId) this.stop();
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.stop(), IDLE_MILLIS);
    if (this.#conversationId && performance.now() - this.#saidAt < REPEAT_MILLIS) return;
    this.#conversationId = conversationId;
    this.#saidAt = performance.now();
    this.#tell(conversationId, true);
  }

  stop() {
    clearTimeout(this.#idle);
    if (!this.#conversationId) return;
    this.#tell(this.#conversationId, false);
    this.#conversationId = null;
  }
}

/** Keeps who types where in the store; a "stopped" that never comes is made up for. */
export class TypingIn {
  #store;
  #timers = new Map();

  constructor(store) {
    this.#store = store;
  }

  heard({ conversationId, userId, displayName, username, isTyping }) {
    if (userId === this.#store.me.id) return;
    const timer = `${conversationId} ${userId}`;
    clearTimeout(this.#timers.get(timer));
    if (isTyping) {
      this.#names(conversationId).set(userId, displayName || username);
      this.#timers.set(timer, setTimeout(() => this.#forget(conversationId, userId), FORGET_MILLIS));
      this.#store.changed('typing');
    } else {
      this.#forget(conversationId, userId);
    }
  }

  /** Also when a message of theirs arrives: they are done typing it. */
  #forget(conversationId, userId) {
    this.#timers.delete(`${conversationId} ${userId}`);
    if (this.#names(conversationId).delete(userId)) this.#store.changed('typing');
  }

  wrote(conversationId, userId) {
    clearTimeout(this.#timers.get(`${conversationId} ${userId}`));
    this.#forget(conversationId, userId);
  }

  clear() {
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
    this.#store.typing.clear();
    this.#store.changed('typing');
  }

  #names(conversationId) {
    if (!this.#store.typing.has(conversationId)) this.#store.typing.set(conversationId, new Map());
    return this.#store.typing.get(conversationId);
  }
}
