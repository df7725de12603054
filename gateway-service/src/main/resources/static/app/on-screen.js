/** Tells the server which conversation is on the screen: no device of the user is pushed what is seen here. */
export class OnScreen {
  #socket;
  #store;
  /** What the server was told on this connection. */
  #told = null;
  #unsubscribe = () => {};

  constructor(socket, store) {
    this.#socket = socket;
    this.#store = store;
  }

  start() {
    this.#unsubscribe = this.#store.subscribe(['active', 'conversations', 'connection'], this.#tell);
    document.addEventListener('visibilitychange', this.#tell);
  }

  stop() {
    this.#unsubscribe();
    document.removeEventListener('visibilitychange', this.#tell);
  }

  #tell = () => {
    if (!this.#socket.isConnected) {
      this.#told = null;
      return;
    }
    const { active } = this.#store;
    const shown = document.visibilityState === 'visible' && active && active.isActive !== false ? active.id : null;
    if (shown === this.#told) return;
    if (this.#told) this.#say('leave_room', { conversationId: this.#told, keepListening: true });
    if (shown) this.#say('join_room', { conversationId: shown });
    this.#told = shown;
  };

  /** Without an answer a push may come for what is on the screen: that is better than one that does not come. */
  #say(command, conversation) {
    this.#socket.ask(command, conversation).catch(() => {});
  }
}
