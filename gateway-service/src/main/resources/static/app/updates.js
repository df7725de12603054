import { fileIdOf, refusalOfStatus } from './attachments.js';
import { furthest, isEarlierText } from './versions.js';

/** What becomes of messages after they were sent, as the server tells it live: changes, reactions, pins and receipts. */
export class Updates {
  #store;
  #pins;
  #reload;

  /**
   * @param pins hears of pinned messages that changed
   * @param {(conversationId: string) => void} reload asks for a conversation anew, where an event alone does not say enough
   */
  constructor(store, pins, reload) {
    this.#store = store;
    this.#pins = pins;
    this.#reload = reload;
  }

  listen(socket) {
    socket.on('message_updated', ({ conversationId, messageId, text, editedAt }) => {
      this.#change(conversationId, messageId, (message) => (isEarlierText({ editedAt }, message) || message.status === 'deleted'
        ? null : { content: { ...message.content, text }, isEdited: true, editedAt }));
      this.#requote(conversationId, messageId, { state: 'text', contentPreview: text });
    });
    socket.on('message_thumbnails_ready', ({ conversationId, messageId, attachments }) =>
      this.#change(conversationId, messageId, ({ content, status }) => (status === 'deleted' ? null : { content: { ...content, attachments } })));
    socket.on('file_processed', (file) => this.#refused(file));
    socket.on('message_deleted', ({ conversationId, messageId }) => this.deleted(conversationId, messageId));
    socket.on('message_deleted_for_me', ({ conversationId, messageId }) => this.hidden(conversationId, messageId));
    socket.on('reaction_updated', ({ conversationId, messageId, reactions }) =>
      this.#change(conversationId, messageId, () => ({ reactions })));
    socket.on('message_pin_updated', ({ conversationId, messageId, isPinned, pinnedBy, pinnedAt }) => {
      this.#change(conversationId, messageId, () => ({ isPinned, pinnedBy, pinnedAt }));
      this.#pins.changed(conversationId);
    });
    socket.on('read_receipt', (receipt) => this.#read(receipt));
    socket.on('message_delivered', ({ conversationId, messageId }) => this.#delivered(conversationId, [messageId]));
    socket.on('messages_delivered', ({ conversationId, messageIds }) => this.#delivered(conversationId, messageIds));
  }

  deleted(conversationId, messageId) {
    this.#change(conversationId, messageId, ({ content }) => ({
      status: 'deleted', content: { ...content, type: 'text', text: null, attachments: [] }, reactions: [], isPinned: false,
    }));
    this.#requote(conversationId, messageId, { state: 'deleted', contentPreview: '' });
    this.#pins.changed(conversationId);
  }

  hidden(conversationId, messageId) {
    this.#store.changes.record(messageId, () => ({ isGone: true }));
    this.#store.timelines.get(conversationId)?.removeById(messageId);
    this.#requote(conversationId, messageId, { state: 'hidden', contentPreview: '' });
    this.#store.changed('timeline');
    this.#pins.changed(conversationId);
    if (this.#store.conversations.get(conversationId)?.lastMessage?.id === messageId) this.#reload(conversationId);
  }

  /** Where an answer stands that is asked for now. */
  get now() {
    return this.#store.changes.now;
  }

  /**
   * A message as an answer shows it: only what can change is taken, and not over what events have told since.
   *
   * @param {number} since what `now` was when it was asked for
   */
  answered(message, since) {
    const [now] = this.#store.changes.apply([message], since);
    if (!now) return;
    const { content, status, reactions, isEdited, editedAt, isStarred, isPinned, pinnedBy, pinnedAt } = now;
    this.#change(message.conversationId, message.id, (known) => ({
      ...(isEarlierText(now, known) || known.status === 'deleted' ? {} : { content, status, isEdited, editedAt }),
      reactions, isStarred, isPinned, pinnedBy, pinnedAt,
    }));
  }

  starred(conversationId, messageId, isStarred) {
    this.#change(conversationId, messageId, () => ({ isStarred }));
  }

  /** What is not for this user to see stays so. */
  #requote(conversationId, messageId, quoted) {
    this.#store.patchMessages(conversationId, ({ replyTo }) =>
      (replyTo?.messageId === messageId && replyTo.state !== 'hidden' ? { replyTo: { ...replyTo, ...quoted } } : null));
  }

  #change(conversationId, messageId, change) {
    this.#changeAll(conversationId, new Set([messageId]), change);
  }

  /** Also what is not there yet, or comes from an answer that is older than this. */
  #changeAll(conversationId, messageIds, change) {
    messageIds.forEach((id) => this.#store.changes.record(id, change));
    this.#store.patchMessages(conversationId, (message) => (messageIds.has(message.id) ? change(message) : null));
  }

  /** The messages that name a file show it anew once it is served no more. */
  #refused({ fileId, conversationId, status }) {
    const refusal = refusalOfStatus(status);
    if (!refusal) return;
    this.#store.refusedFiles.set(fileId, refusal);
    if (!conversationId) return; // no message names it
    this.#store.patchMessages(conversationId, ({ content }) =>
      (content?.attachments?.some(({ url }) => fileIdOf(url) === fileId) ? { content: { ...content } } : null));
  }

  #read({ conversationId, userId, readAt, updatedMessageIds, fullyReadMessageIds, messageId }) {
    const { me } = this.#store;
    if (userId === me.id) return;
    const updated = new Set([...(updatedMessageIds ?? []), ...(messageId ? [messageId] : [])]);
    const full = new Set(fullyReadMessageIds ?? []);
    this.#changeAll(conversationId, new Set([...updated, ...full]), (message) => {
      if (message.senderId !== me.id) return null;
      const readBy = message.readBy?.some((reader) => reader.userId === userId)
        ? message.readBy : [...(message.readBy ?? []), { userId, readAt }];
      return { readBy, deliveryStatus: furthest(message, { deliveryStatus: full.has(message.id) ? 'read' : 'delivered' }).deliveryStatus };
    });
  }

  #delivered(conversationId, messageIds) {
    this.#changeAll(conversationId, new Set(messageIds), (message) =>
      (message.deliveryStatus === 'sent' ? { deliveryStatus: 'delivered' } : null));
  }
}
