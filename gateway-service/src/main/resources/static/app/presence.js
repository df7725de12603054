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
    this.#store.changed('presence');
  }

  /** What is not told live: of somebody whom this user has only just got to know, or who was gone before. */
  async ask(userId) {
    const { online, lastSeen } = this.#store;
    try {
      if (this.#socket.isConnected && (await this.#socket.ask('get_online_users', { userIds: [userId] })).includes?.(userId)) online.add(userId);
      if (!online.has(userId)) lastSeen.set(userId, await this.#api.lastSeen(userId));
    } catch {
      // Without an answer nothing is said about them.
    }
    this.#store.changed('presence');
  }
}
