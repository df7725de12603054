import { attachmentOf } from './uploads.js';
import { serverNow } from './clock.js';
import { newId } from './ids.js';
import { Outbox } from './outbox.js';

/**
 * A message's way from the composer to the server: shown at once, delivered by the outbox once its files are there, and kept until the
 * server has it. Whatever the number of attempts, its `tempId` stays, so the server cannot take it twice.
 */
export class Sending {
  #socket;
  #store;
  #history;
  #unsent;
  #drafts;
  #uploads;
  #outbox;
  /** The `tempId`s of messages whose files are awaited. */
  #awaiting = new Set();
  #isForgotten = false;

  constructor(api, socket, store, history, unsent, drafts, uploads) {
    this.#socket = socket;
    this.#store = store;
    this.#history = history;
    this.#unsent = unsent;
    this.#drafts = drafts;
    this.#uploads = uploads;
    this.#outbox = new Outbox(api, socket, (...outcome) => this.#settled(...outcome));
  }

  /** What an earlier page did not get through waits for the connection. */
  restore() {
    for (const message of this.#unsent.messages) {
      this.#show(message);
      this.#history.of(message.conversationId).mark(message.tempId, { waiting: true });
    }
  }

  /** @returns {Array<[string, string]>} each upload's id with its conversation's */
  files() {
    return this.#unsent.messages.flatMap(({ conversationId, files = [] }) => files.map(({ id }) => [id, conversationId]));
  }

  /**
   * @param {{messageId: string, senderName: string, contentPreview: string}} [replyTo]
   * @param {string[]} [uploadIds]
   */
  send(conversationId, text, replyTo, uploadIds = []) {
    const files = uploadIds.map((id) => attachmentOf(this.#uploads.get(id)));
    const message = { tempId: newId(), conversationId, text, replyTo, files, createdAt: new Date(serverNow()).toISOString() };
    this.#unsent.add(message);
    this.#show(message);
    this.#deliver(message);
  }

  retry(conversationId, tempId) {
    const timeline = this.#history.of(conversationId);
    const entry = timeline.find(tempId);
    if (!entry) return;
    timeline.mark(tempId, { local: 'pending', waiting: false, failure: '' });
    this.#store.changed('timeline');
    entry.files.forEach(({ id }) => this.#uploads.retry(id));
    this.#deliver({ ...entry, text: entry.content.text });
  }

  discard(conversationId, tempId) {
    this.#takeAway(conversationId, tempId)?.files?.forEach(({ id }) => this.#uploads.remove(id));
  }

  /** Gives what was not sent back to the composer, before what is written there. */
  takeBack(conversationId, tempId) {
    const entry = this.#history.of(conversationId).find(tempId);
    if (!entry) return;
    const { text, about } = this.#drafts.of(conversationId);
    this.#drafts.put(conversationId, { text: [entry.content.text, text].filter(Boolean).join('\n'), about: about ?? replyOf(entry) });
    this.#drafts.addFiles(conversationId, entry.files.map(({ id }) => id));
    this.#takeAway(conversationId, tempId);
    this.#store.changed('returned');
  }

  /** There is a connection again: everything goes out that did not fail for good. */
  retryAll() {
    this.#store.timelines.forEach((timeline, conversationId) => {
      timeline.entries
        .filter((entry) => entry.waiting || (entry.local === 'failed' && entry.retriable))
        .forEach(({ tempId }) => this.retry(conversationId, tempId));
    });
  }

  /** The server has it. */
  confirm(message) {
    const sent = message.tempId ? this.#unsent.remove(message.tempId) : null;
    this.#history.add(message);
    this.#store.putConversation({ id: message.conversationId, lastMessage: message });
    if (sent?.files) this.#uploads.sent(sent.files.map(({ id }) => id));
  }

  /** The user logs out: nothing of theirs stays in this browser. */
  forget() {
    this.#isForgotten = true;
    this.#unsent.clear();
    this.#uploads.forget();
  }

  /** What has files goes out when all are there; what is written meanwhile does not wait for it. */
  async #deliver({ conversationId, tempId, text, replyTo, files }) {
    const message = { tempId, text: text || undefined, replyTo: replyTo?.messageId };
    if (files.length) {
      if (this.#awaiting.has(tempId)) return;
      this.#awaiting.add(tempId);
      try {
        message.attachments = (await this.#uploads.ready(files.map(({ id }) => id))).map((fileId) => ({ fileId }));
      } catch (failure) {
        this.#settled(conversationId, tempId, { failure });
        return;
      } finally {
        this.#awaiting.delete(tempId);
      }
      if (!this.#history.of(conversationId).find(tempId)) return; // nobody wants to send it any more
    }
    this.#outbox.send(conversationId, message);
  }

  #show({ text, files = [], ...message }) {
    const { me } = this.#store;
    this.#history.of(message.conversationId).addPending({
      ...message, files, senderId: me.id, sender: me, content: { type: files.length ? 'attachment' : 'text', text, attachments: files },
    });
    this.#store.changed('timeline');
  }

  #takeAway(conversationId, tempId) {
    const message = this.#unsent.remove(tempId);
    this.#history.of(conversationId).remove(tempId);
    this.#store.changed('timeline');
    return message;
  }

  #settled(conversationId, tempId, { message, failure }) {
    if (message) {
      this.confirm({ ...message, tempId });
      return;
    }
    if (this.#isForgotten) return; // a refusal would bring the text back as a draft
    if (!failure.isPassing && this.#isComposerFree(conversationId)) {
      this.takeBack(conversationId, tempId);
      this.#store.setProblem(`Not sent. ${failure.message}`);
      return;
    }
    const waits = failure.isPassing && !this.#socket.isConnected; // then it goes out with the next connect
    this.#history.of(conversationId).mark(
      tempId, waits ? { waiting: true } : { local: 'failed', failure: failure.message, retriable: failure.isPassing });
    this.#store.changed('timeline');
  }

  #isComposerFree(conversationId) {
    const { text, about, files } = this.#drafts.of(conversationId);
    return this.#store.activeId === conversationId && !text && !about && files.length === 0;
  }
}

/** What the composer was about when it was written. */
function replyOf({ conversationId, replyTo }) {
  if (!replyTo) return null;
  const { messageId, senderName, contentPreview } = replyTo;
  return { mode: 'reply', message: { id: messageId, conversationId, sender: { displayName: senderName }, content: { text: contentPreview } } };
}
