import { serverNow } from './clock.js';
import { newId } from './ids.js';
import { Outbox } from './outbox.js';

/**
 * A message's way from the composer to the server: shown at once, delivered by the outbox, and kept until the server has
 * it. Whatever the number of attempts, its `tempId` stays, so the server cannot take it twice.
 */
export class Sending {
  #socket;
  #store;
  #history;
  #unsent;
  #drafts;
  #outbox;
  #isForgotten = false;

  constructor(api, socket, store, history, unsent, drafts) {
    this.#socket = socket;
    this.#store = store;
    this.#history = history;
    this.#unsent = unsent;
    this.#drafts = drafts;
    this.#outbox = new Outbox(api, socket, (...outcome) => this.#settled(...outcome));
  }

  /** What an earlier page did not get through waits for the connection. */
  restore() {
    for (const message of this.#unsent.messages) {
      this.#show(message);
      this.#history.of(message.conversationId).mark(message.tempId, { waiting: true });
    }
  }

  /** @param {{messageId: string, senderName: string, contentPreview: string}} [replyTo] */
  send(conversationId, text, replyTo) {
    const message = { tempId: newId(), conversationId, text, replyTo, createdAt: new Date(serverNow()).toISOString() };
    this.#unsent.add(message);
    this.#show(message);
    this.#deliver(conversationId, message.tempId, text, replyTo);
  }

  retry(conversationId, tempId) {
    const timeline = this.#history.of(conversationId);
    const entry = timeline.find(tempId);
    if (!entry) return;
    timeline.mark(tempId, { local: 'pending', waiting: false, failure: '' });
    this.#store.changed('timeline');
    this.#deliver(conversationId, tempId, entry.content.text, entry.replyTo);
  }

  discard(conversationId, tempId) {
    this.#unsent.remove(tempId);
    this.#history.of(conversationId).remove(tempId);
    this.#store.changed('timeline');
  }

  /** Gives what was not sent back to the composer, before what is written there. */
  takeBack(conversationId, tempId) {
    const entry = this.#history.of(conversationId).find(tempId);
    if (!entry) return;
    const { text, about } = this.#drafts.of(conversationId);
    this.#drafts.put(conversationId, { text: [entry.content.text, text].filter(Boolean).join('\n'), about: about ?? replyOf(entry) });
    this.discard(conversationId, tempId);
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
    if (message.tempId) this.#unsent.remove(message.tempId);
    this.#history.add(message);
    this.#store.putConversation({ id: message.conversationId, lastMessage: message });
  }

  /** The user logs out: nothing of theirs stays in this browser. */
  forget() {
    this.#isForgotten = true;
    this.#unsent.clear();
  }

  #deliver(conversationId, tempId, text, replyTo) {
    this.#outbox.send(conversationId, { tempId, text, replyTo: replyTo?.messageId });
  }

  #show({ text, ...message }) {
    const { me } = this.#store;
    this.#history.of(message.conversationId).addPending({ ...message, senderId: me.id, sender: me, content: { type: 'text', text } });
    this.#store.changed('timeline');
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
    const { text, about } = this.#drafts.of(conversationId);
    return this.#store.activeId === conversationId && !text && !about;
  }
}

/** What the composer was about when it was written. */
function replyOf({ conversationId, replyTo }) {
  if (!replyTo) return null;
  const { messageId, senderName, contentPreview } = replyTo;
  return { mode: 'reply', message: { id: messageId, conversationId, sender: { displayName: senderName }, content: { text: contentPreview } } };
}
