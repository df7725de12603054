/** Who is connected, and when the others were last. */
export class Presence {
  #api;
  #socket;
  #store;

  constructor(api, socket, store) {
    this.#api = api;
    this.#socket = socket;
    this.#store = store;
  }

  listen() {
    const { online, lastSeen } = this.#store;
    this.#socket.on('online_users', ({ userIds }) => {
      userIds.forEach((id) => online.add(id));
      this.#store.changed('presence');
    });
    this.#socket.on('user_online', ({ userId }) => {
      online.add(userId);
      this.#store.changed('presence');
    });
    this.#socket.on('user_offline', ({ userId, lastSeenAt }) => {
      online.delete(userId);
      lastSeen.set(userId, lastSeenAt ?? null);
      this.#store.changed('presence');
    });
  }

  /** While there is no connection nobody can tell who is there. */
  forget() {
    this.#store.online.clear();
    this.#store.lastSeen.clear();
    this.#store.changed('presence');
  }

  /** What is not told live: of somebody whom this user has only just got to know, or who was gone before. */
  async ask(userId) {
    await this.askAll([userId]);
    const { online, lastSeen } = this.#store;
    if (online.has(userId) || !this.#socket.isConnected) return;
    try {
      const at = await this.#api.lastSeen(userId);
      if (this.#socket.isConnected) lastSeen.set(userId, at);
      this.#store.changed('presence');
    } catch {
      // Without an answer nothing is said about them.
    }
  }

  async askAll(userIds) {
    if (!this.#socket.isConnected || userIds.length === 0) return;
    try {
      const answer = await this.#socket.ask('get_online_users', { userIds });
      if (Array.isArray(answer) && this.#socket.isConnected) answer.forEach((id) => this.#store.online.add(id));
      this.#store.changed('presence');
    } catch {
      // Nobody is shown as connected then.
    }
  }
}
