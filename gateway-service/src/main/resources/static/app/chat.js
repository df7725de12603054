import { History } from './history.js';
import { Sending } from './sending.js';
import { TypingIn, TypingOut } from './typing.js';

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
  #typingOut;
  #typingIn;

  constructor(api, socket, store, unread, unsent) {
    super();
    this.#api = api;
    this.#socket = socket;
    this.#store = store;
    this.#unread = unread;
    this.history = new History(api, store);
    this.sending = new Sending(api, socket, store, this.history, unsent);
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
    document.addEventListener('visibilitychange', this.#seeActive);
    addEventListener('focus', this.#seeActive);
    this.sending.restore();
    this.loadConversations();
    socket.connect();
  }

  stop() {
    document.removeEventListener('visibilitychange', this.#seeActive);
    removeEventListener('focus', this.#seeActive);
    this.#typingIn.clear();
    this.#socket.close();
    this.#unread.close();
    this.history.stop();
    this.sending.stop();
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
    if (!this.#store.conversations.has(conversationId)) await this.#fetchConversation(conversationId);
    this.#seeActive();
    await this.history.refresh(conversationId);
  }

  send(conversationId, text) {
    this.#typingOut.stop();
    this.sending.send(conversationId, text);
  }

  typed(conversationId) {
    this.#typingOut.typed(conversationId);
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
    const { conversationId, senderId } = message;
    if (!this.#store.conversations.has(conversationId)) this.#fetchConversation(conversationId);
    else this.sending.confirm(message);
    this.#typingIn.wrote(conversationId, senderId);
    this.#seeActive();
    if (senderId !== this.#store.me.id) this.dispatchEvent(new CustomEvent('message', { detail: message }));
  }

  #conversationChanged({ conversationId, ...change }) {
    const id = conversationId ?? change.id;
    if (this.#store.conversations.has(id)) this.#store.putConversation({ ...change, id });
    else this.#fetchConversation(id);
    this.#seeActive();
  }

  #connectionChanged() {
    this.#store.connection = this.#socket.state;
    this.#store.changed('connection');
    if (this.#socket.isConnected) return;
    this.#typingIn.clear();
    this.history.suspectGaps();
  }

  /** After each connect: what waits to be sent, the list, and the open conversation. Others catch up when opened. */
  async #catchUp() {
    this.history.suspectGaps();
    this.sending.retryAll();
    await this.loadConversations();
    if (this.#store.activeId) await this.history.refresh(this.#store.activeId);
  }

  /** The open conversation is seen while somebody looks at the page. */
  #seeActive = () => {
    const { active } = this.#store;
    if (active && document.visibilityState === 'visible' && document.hasFocus() && this.#unread.see(active)) {
      this.#store.changed('conversations');
    }
  };
}
