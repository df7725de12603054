/** The names and pictures of people, the user's own among them: whatever shows one shows the newest. */
export class Profiles {
  #api;
  #store;

  constructor(api, store) {
    this.#api = api;
    this.#store = store;
  }

  listen(socket) {
    socket.on('user_updated', ({ user }) => this.changed(user));
  }

  /** @param {string} displayName empty to be shown under the username */
  async rename(displayName) {
    const user = await this.#api.changeMe({ displayName: displayName || null });
    this.changed(user);
    return user;
  }

  /** @returns the user as known from now on */
  async setPicture(picture) {
    const { avatarUrl } = await this.#api.setAvatar(picture);
    this.changed({ id: this.#store.me.id, avatarUrl });
    return this.#store.me;
  }

  changed(user) {
    const store = this.#store;
    if (!user) return;
    if (user.id === store.me.id) {
      store.me = { ...store.me, ...user };
      store.changed('me');
    }
    const known = (person) => ({ ...person, ...user });
    for (const [id, conversation] of store.conversations) {
      if (!conversation.participants?.some(({ userId }) => userId === user.id)) continue;
      store.conversations.set(id, {
        ...conversation,
        participants: conversation.participants.map((each) => (each.userId === user.id ? { ...each, user: known(each.user) } : each)),
      });
    }
    for (const id of store.conversations.keys()) {
      store.patchMessages(id, ({ senderId, sender, replyTo }) => {
        const isQuoted = replyTo?.senderId === user.id;
        if (senderId !== user.id && !isQuoted) return null;
        return {
          sender: senderId === user.id ? known(sender) : sender,
          replyTo: isQuoted ? { ...replyTo, senderName: user.displayName } : replyTo,
        };
      });
    }
    for (const names of store.typing.values()) {
      if (names.has(user.id)) names.set(user.id, user.displayName || user.username);
    }
    store.changed('typing');
    store.changed('conversations');
  }
}
