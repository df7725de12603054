import { serverNow } from './clock.js';
import { isAdminOf } from './people.js';

/** What a user does with a single message. Whatever the server refuses is said over the composer. */
export class Actions {
  #api;
  #store;
  #updates;

  constructor(api, store, updates) {
    this.#api = api;
    this.#store = store;
    this.#updates = updates;
  }

  reply(message) {
    this.#store.draftAbout(message.conversationId, { mode: 'reply', message });
  }

  beginEdit(message) {
    this.#store.draftAbout(message.conversationId, { mode: 'edit', message });
  }

  /** @returns whether it was taken */
  edit(message, text) {
    return this.#try(() => this.#take(() => this.#api.editMessage(message.id, text)));
  }

  deleteForAll(message) {
    return this.#try(async () => {
      await this.#api.deleteMessage(message.id);
      this.#updates.deleted(message.conversationId, message.id);
    });
  }

  deleteForMe(message) {
    return this.#try(async () => {
      await this.#api.deleteMessageForMe(message.id);
      this.#updates.hidden(message.conversationId, message.id);
    });
  }

  react(message, emoji) {
    const mine = message.reactions?.some((each) => isSameEmoji(each.emoji, emoji) && each.userIds.includes(this.#store.me.id));
    return this.#try(() => this.#take(() => this.#api.react(message.id, emoji, !mine)));
  }

  pin(message) {
    return this.#try(() => this.#take(() => this.#api.pin(message.id, !message.isPinned)));
  }

  star(message) {
    return this.#try(async () => {
      await this.#api.star(message.id, !message.isStarred);
      this.#updates.starred(message.conversationId, message.id, !message.isStarred);
    });
  }

  copy(message) {
    return this.#try(() => {
      if (!navigator.clipboard) throw new Error('This page may not write to the clipboard here; it needs HTTPS.');
      return navigator.clipboard.writeText(message.content?.text ?? '');
    });
  }

  receipts(message) {
    return this.#api.receipts(message.id);
  }

  /** Whether the sender may still change it, as far as this page knows; the server decides. */
  mayEdit(message) {
    return this.#isOwn(message) && isWithin(message, this.#config(message)?.editWindowSeconds) && message.content?.type === 'text';
  }

  mayDeleteForAll(message) {
    const conversation = this.#store.conversations.get(message.conversationId);
    if (conversation?.conversationType === 'group' && isAdminOf(conversation)) return true;
    return this.#isOwn(message) && isWithin(message, this.#config(message)?.deleteWindowSeconds);
  }

  #isOwn(message) {
    return message.senderId === this.#store.me.id;
  }

  #config({ conversationId }) {
    return this.#store.conversations.get(conversationId)?.settings?.messageConfig;
  }

  async #take(ask) {
    const since = this.#updates.now;
    this.#updates.answered(await ask(), since);
  }

  async #try(task) {
    this.#store.setProblem('');
    try {
      await task();
      return true;
    } catch (failure) {
      this.#store.setProblem(failure.message);
      return false;
    }
  }
}

/** With and without U+FE0F it is the same emoji; a message shows it as who reacted first wrote it. */
function isSameEmoji(one, other) {
  return one.replaceAll('\uFE0F', '') === other.replaceAll('\uFE0F', '');
}

function isWithin(message, seconds) {
  return seconds === undefined || serverNow() - new Date(message.createdAt) < seconds * 1000;
}
