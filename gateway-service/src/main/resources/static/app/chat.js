import { Outbox } from './outbox.js';
import { newId } from './ids.js';
import { Timeline } from './timeline.js';
import { TypingIn, TypingOut } from './typing.js';

/** Past so many pages of missed messages the timeline starts afresh at its end. */
const CATCH_UP_PAGES = 5;
/** A hole in `seq` may just be an event overtaken by another: give it this long. */
const HOLE_MILLIS = 800;

/**
 * What a signed-in user does and what the server tells, brought together in the store.
 *
 * Fires `message` (`detail` = the message) for each new one of somebody else, and `open` (`detail` = conversation id)
 * when a conversation should be shown.
 */
export class Chat extends EventTarget {
  #api;
  #socket;
  #store;
  #unread;
  #outbox;
  #typingOut;
  #typingIn;
  #closeGapSoon = null;

  constructor(api, socket, store, unread) {
    super();
    this.#api = api;
    this.#socket = socket;
    this.#store = store;
    this.#unread = unread;
    this.#outbox = new Outbox(api, socket, (...outcome) => this.#delivered(...outcome));
    this.#typingOut = new TypingOut((conversationId, isTyping) => socket.tell('typing', { conversationId, isTyping }));
    this.#typingIn = new TypingIn(store);
  }

  start() {
    const socket = this.#socket;
    socket.on('new_message', ({ message, tempId }) => this.#arrived({ ...message, tempId: tempId ?? message.tempId }));
    socket.on('typing_indicator', (typing) => this.#typingIn.heard(typing));
    socket.on('conversation_created', (conversation) => this.#store.putConversation(conversation));
    socket.on('conversation_updated', (change) => this.#conversationChanged(change));
    socket.addEventListener('state', () => this.#connectionChanged());
    socket.addEventListener('connected', () => this.#catchUp());
    document.addEventListener('visibilitychange', this.#onAttention);
    addEventListener('focus', this.#onAttention);
    this.loadConversations();
    socket.connect();
  }

  stop() {
    clearTimeout(this.#closeGapSoon);
    document.removeEventListener('visibilitychange', this.#onAttention);
    removeEventListener('focus', this.#onAttention);
    this.#typingIn.clear();
    this.#socket.close();
    this.#unread.close();
  }

  isUnread(conversation) {
    return this.#unread.has(conversation);
  }

  findUsers(query, signal) {
    return this.#api.findUsers(query, signal);
  }

  members(conversationId) {
    return this.#api.members(conversationId);
  }

  async startDirect(userId) {
    this.#show(await this.#api.startDirect(userId));
  }

  async createGroup(name, participantIds, attempt) {
    this.#show(await this.#api.createGroup(name, participantIds, attempt));
  }

  async loadConversations() {
    try {
      const conversations = await this.#api.conversations();
      this.#unread.begin(conversations);
      this.#store.putConversations(conversations);
      this.#seeActive();
    } catch (failure) {
      this.#store.listFailure = failure.message;
      this.#store.changed('conversations');
    }
  }

  async open(conversationId) {
    this.#typingOut.stop();
    this.#store.activeId = conversationId;
    this.#store.changed('active');
    if (!conversationId) return;
    const timeline = this.#timeline(conversationId);
    if (!this.#store.conversations.has(conversationId)) await this.#fetchConversation(conversationId);
    this.#seeActive();
    if (!timeline.loaded) await this.loadNewest(conversationId);
    else if (timeline.gapAfter !== null) await this.#closeGap(conversationId);
  }

  loadNewest(conversationId) {
    const timeline = this.#timeline(conversationId);
    return this.#load(timeline, async () => timeline.start(await this.#api.messages(conversationId)));
  }

  async loadOlder(conversationId) {
    const timeline = this.#timeline(conversationId);
    if (!timeline.olderCursor) return;
    await this.#load(timeline, async () => timeline.prepend(await this.#api.messages(conversationId, timeline.olderCursor)));
  }

  send(conversationId, text) {
    this.#typingOut.stop();
    const tempId = newId();
    const me = this.#store.me;
    const createdAt = new Date().toISOString();
    this.#timeline(conversationId).addPending({
      tempId, conversationId, senderId: me.id, sender: me, content: { type: 'text', text }, createdAt,
    });
    this.#store.changed('timeline');
    this.#outbox.send(conversationId, tempId, text);
  }

  /** The same message again: its `tempId` stays, so the server cannot take it twice. */
  retry(conversationId, tempId) {
    const timeline = this.#timeline(conversationId);
    const entry = timeline.find(tempId);
    if (!entry) return;
    timeline.mark(tempId, { local: 'pending', failure: '' });
    this.#store.changed('timeline');
    this.#outbox.send(conversationId, tempId, entry.content.text);
  }

  discard(conversationId, tempId) {
    this.#timeline(conversationId).remove(tempId);
    this.#store.changed('timeline');
  }

  typed(conversationId) {
    this.#typingOut.typed(conversationId);
  }

  #timeline(conversationId) {
    const timelines = this.#store.timelines;
    if (!timelines.has(conversationId)) timelines.set(conversationId, new Timeline());
    return timelines.get(conversationId);
  }

  async #load(timeline, task) {
    if (timeline.loading) return;
    timeline.loading = true;
    timeline.failure = '';
    this.#store.changed('timeline');
    try {
      await task();
    } catch (failure) {
      timeline.failure = failure.message;
    } finally {
      timeline.loading = false;
      this.#store.changed('timeline');
    }
  }

  async #fetchConversation(conversationId) {
    try {
      this.#store.putConversation(await this.#api.conversation(conversationId));
    } catch (failure) {
      if (!failure.isPassing && this.#store.activeId === conversationId) this.#show(null);
    }
  }

  #show(conversation) {
    if (conversation) this.#store.putConversation(conversation);
    this.dispatchEvent(new CustomEvent('open', { detail: conversation?.id ?? null }));
  }

  #arrived(message) {
    const { conversationId } = message;
    const conversation = this.#store.conversations.get(conversationId);
    if (conversation) this.#store.putConversation({ id: conversationId, lastMessage: message });
    else this.#fetchConversation(conversationId);
    this.#typingIn.wrote(conversationId, message.senderId);
    this.#addToTimeline(message);
    this.#seeActive();
    if (message.senderId !== this.#store.me.id) this.dispatchEvent(new CustomEvent('message', { detail: message }));
  }

  #addToTimeline(message) {
    const timeline = this.#store.timelines.get(message.conversationId);
    if (!timeline) return;
    const { lastSeq } = timeline;
    timeline.merge([message]);
    this.#store.changed('timeline');
    if (!timeline.loaded || message.seq <= lastSeq + 1) return;
    timeline.suspectGap(lastSeq);
    clearTimeout(this.#closeGapSoon);
    this.#closeGapSoon = setTimeout(() => this.#closeGap(message.conversationId), HOLE_MILLIS);
  }

  #conversationChanged({ conversationId, ...change }) {
    const id = conversationId ?? change.id;
    if (this.#store.conversations.has(id)) this.#store.putConversation({ ...change, id });
    else this.#fetchConversation(id);
    this.#seeActive();
  }

  #delivered(conversationId, tempId, { message, failure }) {
    const timeline = this.#timeline(conversationId);
    if (message) {
      this.#addToTimeline({ ...message, tempId });
      this.#store.putConversation({ id: conversationId, lastMessage: message });
    } else if (failure.isPassing && !this.#socket.isConnected) {
      timeline.mark(tempId, { waiting: true }); // goes out again with the next connect
    } else {
      timeline.mark(tempId, { local: 'failed', failure: failure.message, retriable: failure.isPassing });
    }
    this.#store.changed('timeline');
  }

  #connectionChanged() {
    this.#store.connection = this.#socket.state;
    this.#store.changed('connection');
    if (this.#socket.isConnected) return;
    this.#typingIn.clear();
    this.#suspectGaps();
  }

  #suspectGaps() {
    this.#store.timelines.forEach((timeline) => timeline.loaded && timeline.suspectGap());
  }

  /** After each connect: the list, the open conversation, and what waits to be sent. Others catch up when opened. */
  async #catchUp() {
    this.#suspectGaps();
    this.#store.timelines.forEach((timeline, conversationId) => {
      const unsent = timeline.entries.filter((entry) => entry.waiting || (entry.local === 'failed' && entry.retriable));
      for (const { tempId } of unsent) {
        timeline.mark(tempId, { waiting: false });
        this.retry(conversationId, tempId);
      }
    });
    await this.loadConversations();
    const { activeId, activeTimeline } = this.#store;
    if (!activeTimeline) return;
    if (activeTimeline.loaded) await this.#closeGap(activeId);
    else await this.loadNewest(activeId);
  }

  /** Pages back from the newest message until it meets what is known to be unbroken. */
  async #closeGap(conversationId) {
    const timeline = this.#timeline(conversationId);
    const from = timeline.gapAfter ?? timeline.lastSeq;
    timeline.gapAfter = null;
    const missed = [];
    try {
      let cursor;
      for (let pages = 0; pages < CATCH_UP_PAGES; pages++) {
        const { data, meta } = await this.#api.messages(conversationId, cursor);
        missed.push(...data);
        cursor = data.at(-1)?.seq > from + 1 ? meta.nextCursor : null;
        if (!cursor) break;
      }
      if (cursor) timeline.restart(missed, cursor);
      else timeline.merge(missed);
      timeline.failure = '';
    } catch (failure) {
      timeline.suspectGap(from);
      timeline.failure = failure.message;
    }
    this.#store.changed('timeline');
  }

  #onAttention = () => this.#seeActive();

  /** The open conversation is seen while somebody looks at the page. */
  #seeActive() {
    const { active } = this.#store;
    if (active && document.visibilityState === 'visible' && document.hasFocus() && this.#unread.see(active)) {
      this.#store.changed('conversations');
    }
  }
}
