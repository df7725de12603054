import { serverNow } from './clock.js';

/** What a member does with a conversation as a whole: its people, its rules, and one's own view of it. */
export class Groups {
  #api;
  #store;
  #gone;

  /** @param {(conversationId: string) => void} gone the conversation is none of the user's any more */
  constructor(api, store, gone) {
    this.#api = api;
    this.#store = store;
    this.#gone = gone;
  }

  members(id) {
    return this.#api.members(id);
  }

  async change(id, change) {
    this.#store.putConversation(await this.#api.changeConversation(id, change));
  }

  async setPicture(id, picture) {
    const { id: fileId } = await this.#api.uploadFile(picture);
    this.#took(await this.#api.setIcon(id, fileId));
  }

  async removePicture(id) {
    this.#took({ id, ...(await this.#api.removeIcon(id)), iconUrl: null });
  }

  files(id, page) {
    return this.#api.conversationFiles(id, page);
  }

  async add(id, userIds) {
    this.#took(await this.#api.addParticipants(id, userIds));
  }

  async remove(id, userId) {
    this.#took(await this.#api.removeParticipant(id, userId));
  }

  async changeRole(id, userId, role) {
    this.#took(await this.#api.changeRole(id, userId, role));
  }

  async leave(id, andDelete) {
    await this.#api.leave(id, andDelete);
    if (andDelete) this.#gone(id);
    else this.#store.putConversation({ id, isActive: false, unreadCount: 0 });
  }

  async delete(id) {
    await this.#api.deleteConversation(id);
    this.#gone(id);
  }

  /** @param {number | null} hours null = until unmuted */
  async mute(id, hours) {
    const mutedUntil = hours ? new Date(serverNow() + hours * 3_600_000).toISOString() : undefined;
    await this.#api.mute(id, mutedUntil);
    this.#store.putConversation({ id, isMuted: true, mutedUntil: mutedUntil ?? null });
  }

  async unmute(id) {
    await this.#api.unmute(id);
    this.#store.putConversation({ id, isMuted: false, mutedUntil: null });
  }

  async pin(id, isPinned) {
    await this.#api.pinConversation(id, isPinned);
    this.#store.putConversation({ id, isPinned });
  }

  async clear(id) {
    await this.#api.clear(id);
    this.#store.timelines.get(id)?.clear();
    this.#store.changed('timeline');
    this.#store.putConversation({ id, lastMessage: null, unreadCount: 0 });
  }

  #took(conversation) {
    if (conversation?.id) this.#store.putConversation(conversation);
  }
}
