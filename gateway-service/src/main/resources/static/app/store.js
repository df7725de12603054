/**
 * What the page knows, in one place, and who wants to hear of changes.
 *
 * Topics: `conversations`, `active`, `connection`, `timeline`, `typing`. Listeners run once for each topic after the
 * current task, however many changes it made. `timeline` and `typing` concern the active conversation or any other:
 * a view that shows one compares what it shows.
 */
export class Store {
  me = null;
  connection = 'connecting';
  /** Conversations by id, as the server shows them to this user. */
  conversations = new Map();
  conversationsLoaded = false;
  /** Why the list could not be loaded; empty if it could. */
  listFailure = '';
  /** Timelines by conversation id; only of conversations that were opened. */
  timelines = new Map();
  /** For each conversation id, the names of those who type by user id. */
  typing = new Map();
  activeId = null;

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
    const merged = { ...known, ...conversation };
    // Events may overtake each other: the last message never goes back to an earlier one.
    if (seqOf(known?.lastMessage) > seqOf(conversation.lastMessage)) merged.lastMessage = known.lastMessage;
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
}

function activityOf(conversation) {
  return conversation.lastMessage?.createdAt ?? conversation.createdAt ?? '';
}

function seqOf(message) {
  return message?.seq ?? 0;
}
