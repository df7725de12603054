import { Actions } from './actions.js';
import { Attaching } from './attaching.js';
import { serverNow } from './clock.js';
import { Groups } from './groups.js';
import { History } from './history.js';
import { Invitations } from './invitations.js';
import { OnScreen } from './on-screen.js';
import { partnerIn, previewOf } from './people.js';
import { Pins } from './pins.js';
import { Preferences } from './preferences.js';
import { Presence } from './presence.js';
import { Profiles } from './profiles.js';
import { Reading } from './reading.js';
import { Renewals } from './renewals.js';
import { Sending } from './sending.js';
import { TypingIn, TypingOut } from './typing.js';
import { Updates } from './updates.js';

/** Several events about one conversation in a row ask for it once. */
const RELOAD_MILLIS = 150;
/** So long after its making a conversation may be told to be new; the clocks of those who tell are not the same. */
const NEW_MILLIS = 60_000;

/**
 * What a signed-in user does and what the server tells, brought together in the store.
 *
 * Fires `message` (`detail` = the message) for each new one of somebody else, `reaction` (`{conversationId, messageId, senderId,
 * emoji}`) for each new one of somebody else to a message of the user that this page knows, `added` (the group) when somebody has
 * added the user to a new group, `read` (`{conversationId}`) when nothing is unread in a conversation, on whichever device it was
 * read, and `open` (`{conversationId, messageId}`, either may be null) when a conversation should be shown.
 */
export class Chat extends EventTarget {
  #api;
  #socket;
  #store;
  #typingOut;
  #typingIn;
  #pins;
  #presence;
  #onScreen;
  #updates;
  #reloads = new Map();
  /** Of conversations, the last load that is under way. */
  #loads = new Map();

  constructor(api, socket, store, unsent, drafts, uploads) {
    super();
    this.#api = api;
    this.#socket = socket;
    this.#store = store;
    this.history = new History(api, store);
    this.drafts = drafts;
    this.uploads = uploads;
    this.attaching = new Attaching(store, drafts, uploads);
    this.sending = new Sending(api, socket, store, this.history, unsent, drafts, uploads);
    this.reading = new Reading(api, socket, store);
    this.groups = new Groups(api, store, (id) => this.#gone(id));
    this.invitations = new Invitations(api, store);
    this.profiles = new Profiles(api, store);
    this.preferences = new Preferences(api, store);
    this.#pins = new Pins(api, store);
    this.#presence = new Presence(api, socket, store);
    this.#onScreen = new OnScreen(socket, store);
    this.#updates = new Updates(store, this.#pins, (id) => this.#reloadSoon(id));
    this.actions = new Actions(api, store, this.#updates);
    this.renewals = new Renewals(api, store, this.#updates, this.profiles);
    this.#typingOut = new TypingOut((conversationId, isTyping) => socket.tell('typing', { conversationId, isTyping }));
    this.#typingIn = new TypingIn(store);
  }

  start() {
    const socket = this.#socket;
    socket.on('new_message', ({ message, tempId }) => this.#arrived({ ...message, tempId: tempId ?? message.tempId }));
    socket.on('typing_indicator', (typing) => this.#typingIn.heard(typing));
    socket.on('conversation_created', (conversation) => this.#created(conversation));
    socket.on('conversation_updated', (change) => this.#conversationChanged(change));
    socket.on('conversation_deleted', ({ conversationId }) => this.#gone(conversationId));
    socket.on('unread_count_changed', ({ conversationId, unreadCount }) => this.#unreadChanged(conversationId, unreadCount));
    socket.on('participant_joined', (joined) => this.#joined(joined));
    socket.on('reaction_updated', (change) => this.#reacted(change)); // before the message is changed
    socket.on('participant_left', ({ conversationId }) => this.#reloadSoon(conversationId));
    socket.on('file_processed', (file) => this.uploads.processed(file));
    this.#updates.listen(socket);
    this.#presence.listen();
    this.#onScreen.start();
    this.profiles.listen(socket);
    this.invitations.listen(socket);
    socket.addEventListener('state', () => this.#connectionChanged());
    socket.addEventListener('retry', () => {
      this.#store.nextTryAt = socket.nextTryAt;
      this.#store.changed('connection');
    });
    socket.addEventListener('connected', () => this.#catchUp());
    this.uploads.restore(new Map([...this.drafts.files(), ...this.sending.files()]));
    this.sending.restore();
    this.loadConversations();
    this.invitations.start();
    this.preferences.start();
    this.#loadConfig();
    socket.connect();
  }

  tryToConnect() {
    this.#socket.tryNow();
  }

  stop() {
    this.#reloads.forEach(clearTimeout);
    this.#typingIn.clear();
    this.#onScreen.stop();
    this.#socket.close();
    this.uploads.stop();
    this.invitations.stop();
    this.preferences.stop();
    this.history.stop();
  }

  /** The user logs out: nothing of theirs stays in this browser. */
  forget() {
    this.sending.forget();
    this.drafts.clear();
  }

  findUsers(query, signal) {
    return this.#api.findUsers(query, signal);
  }

  searchMessages(query, page, signal) {
    return this.#api.searchMessages(query, page, signal);
  }

  starredMessages(page) {
    return this.#api.starredMessages(page);
  }

  askWhoIsOnline(userIds) {
    return this.#presence.askAll(userIds);
  }

  async startDirect(userId) {
    this.#show(await this.#api.startDirect(userId));
  }

  async createGroup(name, participantIds, attempt) {
    this.#show(await this.#api.createGroup(name, participantIds, attempt));
  }

  async loadConversations() {
    const { changes } = this.#store;
    const since = changes.now;
    try {
      const conversations = await this.#api.conversations();
      this.#store.putConversations(conversations.map((each) => changes.applyToLast(each, since)));
    } catch (failure) {
      this.#store.listFailure = failure.message;
      this.#store.changed('conversations');
    }
  }

  /** Shows a conversation at its end, or around a message. */
  async open(conversationId, messageId = null) {
    this.#typingOut.stop();
    this.#store.activeId = conversationId;
    this.#store.target = null;
    this.#store.setProblem('');
    this.#setLost(null);
    this.#store.changed('active');
    if (!conversationId) return;
    if (!this.#store.conversations.has(conversationId)) await this.#fetchConversation(conversationId);
    const { active, me } = this.#store;
    if (!active || active.id !== conversationId) return;
    const unread = { count: this.reading.unreadIn(active), upTo: active.lastMessage?.seq ?? 0 };
    const partner = partnerIn(active, me.id);
    if (partner) this.#presence.ask(partner.id);
    this.#pins.load(conversationId);
    if (messageId) {
      this.history.of(conversationId).opened = null;
      this.history.of(conversationId).markNew(null);
      await this.jumpTo(conversationId, messageId);
      return;
    }
    const first = await this.history.open(conversationId, unread);
    if (first) this.reading.beginsAt(conversationId, first.seq);
  }

  /** The address names nothing that this page has. */
  openNowhere() {
    this.open(null);
    this.#setLost({ title: 'There is nothing here', text: 'This address leads nowhere. It may be misspelt or old.', isPassing: false });
  }

  /** The last jump wins, whichever of them is loaded first. */
  async jumpTo(conversationId, messageId) {
    const { isTaken, failure } = await this.history.jump(conversationId, messageId);
    if (isTaken) {
      this.reading.jumped(conversationId, this.history.of(conversationId).byId(messageId).seq);
      this.#store.target = { messageId };
      this.#store.changed('timeline');
    } else if (failure) {
      if (!this.history.of(conversationId).loaded) this.history.open(conversationId, { count: 0, upTo: 0 });
      this.#store.setProblem(failure.isPassing ? failure.message : 'That message is not there any more.');
    }
  }

  show(conversationId, messageId = null) {
    this.#tell('open', { conversationId, messageId });
  }

  /** @returns {Promise<object | null>} null if it is not to be had */
  async conversationOf(id) {
    await this.#loads.get(id);
    return this.#store.conversations.get(id) ?? this.#api.conversation(id).catch(() => null);
  }

  /**
   * @param {object} [answered] the message that this one replies to
   * @param {string[]} [uploadIds]
   */
  send(conversationId, text, answered, uploadIds = []) {
    this.#typingOut.stop();
    const replyTo = answered && {
      messageId: answered.id, senderId: answered.senderId, senderName: answered.sender?.displayName, contentPreview: previewOf(answered),
      state: answered.content?.text ? 'text' : answered.content?.attachments?.length ? 'attachment' : 'empty',
    };
    this.sending.send(conversationId, text, replyTo, uploadIds);
    if (uploadIds.length) {
      this.drafts.removeFiles(conversationId, uploadIds);
      this.#store.changed('uploads');
    }
    if (!this.history.of(conversationId).atEnd) this.history.loadNewest(conversationId);
  }

  typed(conversationId) {
    this.#typingOut.typed(conversationId);
  }

  stoppedTyping() {
    this.#typingOut.stop();
  }

  /** Without it the page knows no limits, and the server says what it refuses. */
  async #loadConfig() {
    this.#store.config = (await this.#api.config().catch(() => null)) ?? {};
    this.#store.changed('config');
  }

  #setLost(lost) {
    this.#store.lost = lost;
    this.#store.changed('lost');
  }

  #reloadSoon(conversationId) {
    clearTimeout(this.#reloads.get(conversationId));
    this.#reloads.set(conversationId, setTimeout(() => this.#fetchConversation(conversationId), RELOAD_MILLIS));
  }

  #fetchConversation(conversationId) {
    const load = this.#loadConversation(conversationId).finally(() => {
      if (this.#loads.get(conversationId) === load) this.#loads.delete(conversationId);
    });
    this.#loads.set(conversationId, load);
    return load;
  }

  async #loadConversation(conversationId) {
    const { changes } = this.#store;
    const since = changes.now;
    try {
      this.#store.replaceConversation(changes.applyToLast(await this.#api.conversation(conversationId), since));
    } catch (failure) {
      if (!failure.isPassing) this.#gone(conversationId);
      else if (this.#isMissing(conversationId)) this.#setLost({ title: 'Not loaded', text: failure.message, isPassing: true });
    }
  }

  #isMissing(conversationId) {
    return this.#store.activeId === conversationId && !this.#store.active;
  }

  #gone(conversationId) {
    if (this.#isMissing(conversationId)) {
      this.#setLost({ title: 'No such conversation', text: 'It is not there, or you are not in it.', isPassing: false });
      return;
    }
    this.#store.removeConversation(conversationId);
    this.attaching.removeAll(conversationId);
    this.drafts.remove(conversationId);
    if (this.#store.activeId === conversationId) this.show(null);
  }

  #show(conversation) {
    this.#store.putConversation(conversation);
    this.show(conversation.id);
  }

  #arrived(message) {
    const { conversationId, senderId } = message;
    if (!this.#store.conversations.has(conversationId)) this.#fetchConversation(conversationId);
    else this.sending.confirm(message);
    this.#typingIn.wrote(conversationId, senderId);
    if (senderId !== this.#store.me.id) this.#tell('message', message);
  }

  /** One that the user had taken out of the list comes back in the same way: that is not new. */
  #created(conversation) {
    const { me, conversations } = this.#store;
    const { id, conversationType, createdBy, createdAt } = conversation;
    const isNew = !conversations.has(id) && serverNow() - Date.parse(createdAt) < NEW_MILLIS;
    this.#store.putConversation(conversation);
    if (isNew && conversationType === 'group' && createdBy !== me.id) this.#tell('added', conversation);
  }

  #joined({ conversationId, userId, addedBy }) {
    const { me } = this.#store;
    if (userId === me.id && addedBy && addedBy !== me.id) this.#tell('added', { id: conversationId });
    this.#reloadSoon(conversationId);
  }

  #reacted({ conversationId, messageId, reactions }) {
    const { me, timelines, conversations } = this.#store;
    const { lastMessage } = conversations.get(conversationId) ?? {};
    const message = timelines.get(conversationId)?.byId(messageId) ?? (lastMessage?.id === messageId ? lastMessage : null);
    if (message?.senderId !== me.id) return;
    const before = new Set(message.reactions?.flatMap(({ emoji, userIds }) => userIds.map((id) => `${emoji} ${id}`)));
    for (const { emoji, userIds } of reactions) {
      userIds.filter((id) => id !== me.id && !before.has(`${emoji} ${id}`))
        .forEach((senderId) => this.#tell('reaction', { conversationId, messageId, senderId, emoji }));
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #conversationChanged({ conversationId, ...change }) {
    const id = conversationId ?? change.id;
    if (!this.#store.conversations.has(id)) {
      this.#reloadSoon(id);
      return;
    }
    // Cleared on another device: what was loaded is to be seen no more.
    if (!change.lastMessage && this.#store.conversations.get(id).lastMessage) {
      this.#store.timelines.get(id)?.clear();
      this.#store.changed('timeline');
    }
    this.#store.putConversation({ ...change, id, iconUrl: change.iconUrl ?? null, lastMessage: change.lastMessage ?? null });
  }

  #unreadChanged(id, unreadCount) {
    if (this.#store.conversations.has(id)) this.#store.putConversation({ id, unreadCount });
    if (unreadCount === 0) this.#tell('read', { conversationId: id });
  }

  #connectionChanged() {
    this.#store.connection = this.#socket.state;
    this.#store.changed('connection');
    if (this.#socket.isConnected) return;
    this.#typingIn.clear();
    this.#presence.forget();
    this.history.suspectGaps();
  }

  /** After each connect: what waits to be sent, the list, and the open conversation. Others catch up when opened. */
  async #catchUp() {
    this.history.suspectGaps();
    this.uploads.retryAll();
    this.sending.retryAll();
    this.invitations.load();
    this.preferences.load().catch(() => {}); // what was known stays
    const { maxTextLength, vapidPublicKey } = this.#store.config;
    if (!maxTextLength || !vapidPublicKey) this.#loadConfig(); // the key may be known a little later than the rest
    await this.loadConversations();
    const { activeId, active, me, lost } = this.#store;
    if (!activeId) return;
    if (!active) {
      if (!lost || lost.isPassing) await this.open(activeId);
      return;
    }
    const partner = partnerIn(active, me.id);
    if (partner) this.#presence.ask(partner.id);
    this.#pins.load(activeId);
    const timeline = this.history.of(activeId);
    await timeline.loads.settled; // what is loading may have been asked for before the connect, or be a jump
    if (activeId !== this.#store.activeId) return;
    if (!timeline.loaded) {
      if (timeline.failure) await this.open(activeId);
    } else if (timeline.atEnd) {
      if ((this.#store.active?.lastMessage?.seq ?? 0) > timeline.lastSeq) timeline.suspectGap();
      await this.history.refresh(activeId);
    }
  }
}
