import { Changes } from './changes.js';
import { later } from './versions.js';

/**
 * What the page knows, in one place, and who wants to hear of changes.
 *
 * Topics: `conversations`, `active`, `connection`, `timeline`, `typing`, `presence`, `pins`, `drafting`, `problem`,
 * `returned` (a draft was given back), `uploads`, `config`, `me`, `lost`, `invitations`, `preferences`. Listeners
 * run once after the current task, however many topics changed and however often. `timeline` and `typing` concern the
 * active conversation or any other: a view that shows one compares what it shows.
 */
export class Store {
  me = null;
  connection = 'connecting';
  /** When the next try to connect is made, by `performance.now()`; 0 while none is awaited. */
  nextTryAt = 0;
  /** What the server says of itself and its limits; empty until it is known. */
  config = {};
  /** Why what the address names is not shown: `{title, text, isPassing}`; null if it is. */
  lost = null;
  /** How the user wants to be told of things; null until it is known. */
  preferences = null;
  /** Groups that the user is asked to join. */
  invitations = [];
  /** Conversations by id, as the server shows them to this user. */
  conversations = new Map();
  conversationsLoaded = false;
  /** Why the list could not be loaded; empty if it could. */
  listFailure = '';
  /** What events have told of messages lately. */
  changes = new Changes();
  /** Timelines by conversation id; only of conversations that were opened. */
  timelines = new Map();
  /** For each conversation id, the names of those who type by user id. */
  typing = new Map();
  /** The ids of those who are connected, as far as this user may know. */
  online = new Set();
  /** When those who are not connected were last, by user id; null if nobody knows. */
  lastSeen = new Map();
  /** The pinned messages by conversation id, last pinned first; only of conversations that were opened. */
  pins = new Map();
  /** What the composer is about by conversation id: `{mode: 'reply' | 'edit', message}`. */
  drafting = new Map();
  /** What went wrong with the last thing the user asked for in the active conversation; empty if nothing. */
  problem = '';
  /** Own files that the server serves to nobody, as it has told this page: why, by file id. */
  refusedFiles = new Map();
  activeId = null;
  /** `{messageId}` of the message that was jumped to, another object for each jump; null if none was. */
  target = null;

  #listeners = new Map();
  #changed = new Set();

  /** @returns {() => void} ends the subscription */
  subscribe(topics, listener) {
    for (const topic of topics) {
      if (!this.#listeners.has(topic)) this.#listeners.set(topic, new Set());
      this.#listeners.get(topic).add(listener);
    }
    return () => topics.forEach((topic) => this.#listeners.get(topic).delete(listener));
  }

  changed(topic) {
    if (this.#changed.size === 0) queueMicrotask(() => this.#tell());
    this.#changed.add(topic);
  }

  #tell() {
    const due = new Set();
    for (const topic of this.#changed) this.#listeners.get(topic)?.forEach((listener) => due.add(listener));
    this.#changed.clear();
    due.forEach((listener) => listener());
  }

  get active() {
    return this.conversations.get(this.activeId) ?? null;
  }

  get activeTimeline() {
    return this.timelines.get(this.activeId) ?? null;
  }

  /** Pinned first, then by last activity. */
  conversationsInOrder() {
    return [...this.conversations.values()].sort(
      (one, other) => Number(!!other.isPinned) - Number(!!one.isPinned) || activityOf(other).localeCompare(activityOf(one)),
    );
  }

  putConversation(conversation) {
    const known = this.conversations.get(conversation.id);
    const merged = { ...known, ...conversation, lastMessage: lastOf(known, conversation) };
    this.conversations.set(merged.id, merged);
    this.changed('conversations');
  }

  putConversations(conversations) {
    const listed = new Set(conversations.map((conversation) => conversation.id));
    for (const id of this.conversations.keys()) {
      if (!listed.has(id)) this.conversations.delete(id);
    }
    conversations.forEach((conversation) => this.putConversation(conversation));
    this.conversationsLoaded = true;
    this.listFailure = '';
    this.changed('conversations');
  }

  /** Also back to an earlier last message, or to none. */
  replaceConversation(conversation) {
    this.conversations.delete(conversation.id);
    this.putConversation(conversation);
  }

  removeConversation(id) {
    this.conversations.delete(id);
    this.timelines.delete(id);
    this.pins.delete(id);
    this.drafting.delete(id);
    this.changed('conversations');
  }

  /** Changes those messages of a conversation for which `change` returns something, wherever they are shown. */
  patchMessages(conversationId, change) {
    this.timelines.get(conversationId)?.patch(change);
    this.changed('timeline');
    const conversation = this.conversations.get(conversationId);
    const changed = conversation?.lastMessage && change(conversation.lastMessage);
    if (!changed) return;
    this.conversations.set(conversationId, { ...conversation, lastMessage: { ...conversation.lastMessage, ...changed } });
    this.changed('conversations');
  }

  setProblem(text) {
    if (this.problem === text) return;
    this.problem = text;
    this.changed('problem');
  }

  draftAbout(conversationId, drafting) {
    if (drafting) this.drafting.set(conversationId, drafting);
    else this.drafting.delete(conversationId);
    this.changed('drafting');
  }
}

/** Events may overtake each other: the last message never goes back to an earlier one, except to none when it was cleared. */
function lastOf(known, conversation) {
  if (conversation.lastMessage === undefined) return known?.lastMessage;
  const [before, now] = [known?.lastMessage, conversation.lastMessage];
  if (!now || !before || before.seq < now.seq) return now;
  return before.seq > now.seq ? before : later(before, now);
}

function activityOf(conversation) {
  return conversation.lastMessage?.createdAt ?? conversation.createdAt ?? '';
}
