const DELIVERY = ['sent', 'delivered', 'read'];

/**
 * The loaded stretch of one conversation: always one unbroken run, ordered by `seq`, and after it what this user has sent
 * that the server has not confirmed, in order of sending. The run ends at the newest message, unless a jump to an old
 * message loaded one further up (`atEnd` is false then).
 *
 * An entry is a message as the server shows it, with two things more: `key`, which stays the same from the first
 * optimistic bubble on, and `local`: `pending` or `failed` until the server confirms it.
 */
export class Timeline {
  entries = [];
  loaded = false;
  loading = false;
  failure = '';
  /** Leads to what is older than all entries; null if nothing is. */
  olderCursor = null;
  /** Leads to what is newer than all entries, while `atEnd` is false. */
  newerCursor = null;
  atEnd = true;
  /** Messages past this `seq` may be missing, and changes of any may have been missed; null if neither can be. */
  gapAfter = null;
  /** The key of the first message that was unread when the conversation was opened. */
  newFrom = null;

  /** The highest confirmed `seq`, or 0. */
  get lastSeq() {
    return this.entries.findLast((entry) => !entry.local)?.seq ?? 0;
  }

  get firstSeq() {
    return this.entries.find((entry) => !entry.local)?.seq ?? 0;
  }

  /** Something may be missing from here on; an earlier gap stays the earlier one. */
  suspectGap(afterSeq = this.lastSeq) {
    this.gapAfter = Math.min(this.gapAfter ?? afterSeq, afterSeq);
  }

  /** Takes the newest page, newest first as the server gives it. */
  start(page) {
    this.merge(page.data);
    this.olderCursor = page.meta.nextCursor;
    this.#whole();
  }

  /** Takes the page around a message instead of all that was loaded. */
  startAround(page, newestSeq) {
    this.#forgetConfirmed();
    this.merge(page.data);
    this.olderCursor = page.meta.nextCursor;
    this.#whole();
    this.newerCursor = page.meta.prevCursor;
    this.atEnd = !this.newerCursor || this.lastSeq >= newestSeq;
  }

  prepend(page) {
    this.merge(page.data);
    this.olderCursor = page.meta.nextCursor;
  }

  append(page) {
    this.merge(page.data);
    this.newerCursor = page.meta.prevCursor ?? this.newerCursor;
    this.atEnd = !page.meta.hasMore;
  }

  /** Forgets what is confirmed: too much was missed to close the gap page by page. */
  restart(messages, olderCursor) {
    this.#forgetConfirmed();
    this.merge(messages);
    this.olderCursor = olderCursor;
    this.#whole();
  }

  /** Takes a stretch as it is now: what it does not hold any more is gone. */
  renew(messages) {
    const held = new Set(messages.map((message) => message.id));
    const from = messages.at(-1)?.seq ?? Infinity;
    const to = messages[0]?.seq ?? 0; // what is newer came live in the meantime
    this.entries = this.entries.filter((entry) => entry.local || entry.seq < from || entry.seq > to || held.has(entry.id));
    this.merge(messages);
  }

  /** Adds messages or replaces those known by id or `tempId`. */
  merge(messages) {
    for (const message of messages) {
      const index = this.#indexOf(message);
      const known = this.entries[index];
      if (!known) this.entries.push({ ...message, key: message.id });
      else this.entries[index] = { ...message, ...furthest(known, message), key: known.key };
    }
    this.#sort();
  }

  addPending(message) {
    this.entries.push({ ...message, key: message.tempId, local: 'pending' });
  }

  mark(tempId, change) {
    const index = this.entries.findIndex((entry) => entry.local && entry.tempId === tempId);
    if (index >= 0) this.entries[index] = { ...this.entries[index], ...change };
  }

  /** Changes those confirmed entries for which `change` returns something. */
  patch(change) {
    this.entries = this.entries.map((entry) => {
      const changed = entry.local ? null : change(entry);
      return changed ? { ...entry, ...changed } : entry;
    });
  }

  /** Remembers where what waits to be read begins; with a count of 0, that nothing does. */
  markNew(count, meId) {
    const others = this.entries.filter((entry) =>
      !entry.local && entry.senderId !== meId && entry.status !== 'deleted' && entry.content?.type !== 'system');
    this.newFrom = count > 0 ? (others.at(-count)?.key ?? null) : null;
  }

  find(tempId) {
    return this.entries.find((entry) => entry.local && entry.tempId === tempId);
  }

  byId(id) {
    return this.entries.find((entry) => entry.id === id);
  }

  remove(tempId) {
    this.entries = this.entries.filter((entry) => !(entry.local && entry.tempId === tempId));
  }

  removeById(id) {
    this.entries = this.entries.filter((entry) => entry.id !== id);
  }

  /** Everything up to now was cleared. */
  clear() {
    this.#forgetConfirmed();
    this.olderCursor = null;
    this.#whole();
  }

  #whole() {
    this.loaded = true;
    this.newerCursor = null;
    this.atEnd = true;
  }

  #forgetConfirmed() {
    this.entries = this.entries.filter((entry) => entry.local);
  }

  #indexOf(message) {
    const byId = this.entries.findIndex((entry) => entry.id === message.id);
    if (byId >= 0 || !message.tempId) return byId;
    return this.entries.findIndex((entry) => entry.local && entry.tempId === message.tempId);
  }

  #sort() {
    const position = (entry) => (entry.local ? Infinity : entry.seq);
    // Array.sort is stable, so unconfirmed entries keep their order (Infinity - Infinity is NaN, hence the comparison).
    this.entries.sort((one, other) => (position(one) === position(other) ? 0 : position(one) < position(other) ? -1 : 1));
  }
}

/** Answers and events may overtake each other: a message never becomes less delivered. */
export function furthest(one, other) {
  const further = DELIVERY.indexOf(one?.deliveryStatus) > DELIVERY.indexOf(other?.deliveryStatus) ? one : other;
  return { deliveryStatus: further?.deliveryStatus, readBy: further?.readBy };
}
