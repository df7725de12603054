import { later } from './versions.js';

/** So many messages that came while the end was not loaded are kept for it; what is older is loaded with it. */
const MOST_ARRIVED = 200;

/**
 * The loaded stretch of one conversation: always one unbroken run, ordered by `seq`, and after it what this user has sent
 * that the server has not confirmed, in order of sending. The run ends at the newest message, unless a jump to an old
 * message loaded one further up (`atEnd` is false then).
 *
 * An entry is a message as the server shows it, with two things more: `key`, which stays the same from the first
 * optimistic bubble on, and `local`: `pending` or `failed` until the server confirms it, then `sent` until it can take its
 * place by `seq`. An entry never changes: what changes becomes another one.
 */
export class Timeline {
  entries = [];
  loaded = false;
  /** What is loading; its owner sets it. */
  loads = null;
  /** Leads to what is older than all entries; null if nothing is. */
  olderCursor = null;
  /** Leads to what is newer than all entries, while `atEnd` is false. */
  newerCursor = null;
  atEnd = true;
  /** Messages past this `seq` may be missing, and changes of any may have been missed; null if neither can be. */
  gapAfter = null;
  /** How often something was suspected to be missing. */
  suspicions = 0;
  /** The key of the first message that was unread when the conversation was opened, and how many there were. */
  newFrom = null;
  newCount = 0;
  /** Another object each time that the conversation is opened; null until what it is opened at is among the entries. */
  opened = null;
  opening = null;
  /** Grows when what was loaded makes way for something else. */
  stretch = 0;

  /** From the newest to the oldest page: `{seq, cursor}`, where the cursor leads to what is older than `seq`. */
  #pages = [];
  /** Messages by id that came while the end was not among the entries. */
  #arrived = new Map();

  get loading() {
    return !!this.loads?.isBusy;
  }

  get failure() {
    return this.loads?.failure?.message ?? '';
  }

  /** The highest confirmed `seq`, or 0. */
  get lastSeq() {
    return this.entries.findLast((entry) => !entry.local)?.seq ?? 0;
  }

  get firstSeq() {
    return this.entries.find((entry) => !entry.local)?.seq ?? 0;
  }

  /** Something may be missing from here on; an earlier gap stays the earlier one. */
  suspectGap(afterSeq = this.lastSeq) {
    this.suspicions++;
    this.gapAfter = Math.min(this.gapAfter ?? afterSeq, afterSeq);
  }

  /** Takes the newest page, newest first as the server gives it, instead of all that was loaded. */
  start(page) {
    this.restart(page.data, page.meta.nextCursor);
  }

  /** Takes a page instead of all that was loaded. The end is not among it unless the caller says so. */
  startAt(page, isEnd) {
    const newest = page.data[0]?.seq ?? 0;
    if (this.atEnd) this.entries.filter((entry) => !entry.local && entry.seq > newest).forEach((entry) => this.keepForEnd(entry));
    this.#forgetConfirmed();
    this.#dropConfirmedPending();
    this.merge(page.data);
    this.#olderFrom(page.meta.nextCursor);
    this.newerCursor = page.meta.prevCursor;
    this.loaded = true;
    this.atEnd = isEnd || !this.newerCursor;
    this.gapAfter = null;
    if (this.atEnd) this.#takeArrived();
  }

  prepend(page) {
    this.merge(page.data);
    this.#olderFrom(page.meta.nextCursor);
  }

  append(page) {
    this.merge(page.data);
    this.newerCursor = page.meta.prevCursor ?? this.newerCursor;
    this.atEnd = !page.meta.hasMore;
    if (this.atEnd) this.#takeArrived();
  }

  /** Takes the newest messages instead of all that was loaded. */
  restart(messages, olderCursor) {
    const newest = messages[0]?.seq ?? 0;
    const live = this.entries.filter((entry) => !entry.local && this.atEnd && entry.seq > newest); // came while the page was under way
    this.#forgetConfirmed();
    this.merge([...messages, ...live]);
    this.#olderFrom(olderCursor);
    this.#whole();
    this.gapAfter = null;
    this.#takeArrived();
    this.#suspectHole(newest);
  }

  /** Forgets what is further up than so many entries, by whole pages: it is loaded again when somebody scrolls there. */
  trim(most) {
    const from = this.entries.at(-most)?.seq;
    const page = this.#pages.findIndex(({ seq }) => seq <= from);
    if (page < 0 || page === this.#pages.length - 1) return;
    const { seq, cursor } = this.#pages[page];
    this.loads?.drop();
    this.#pages.length = page + 1;
    this.olderCursor = cursor;
    this.entries = this.entries.filter((entry) => entry.local || entry.seq >= seq);
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
    const byId = new Map(this.entries.map((entry, index) => [entry.id, index]));
    const entries = [...this.entries];
    for (const message of messages) {
      const index = byId.get(message.id) ?? this.#unconfirmed(entries, message);
      if (index >= 0) entries[index] = { ...later(entries[index], message), key: entries[index].key };
      else byId.set(message.id, entries.push({ ...message, key: message.id }) - 1);
    }
    this.entries = inOrder(entries);
  }

  /** Keeps a message that is newer than the entries until they reach the end; one that was sent from here is shown until then. */
  keepForEnd(message) {
    this.#arrived.set(message.id, message);
    if (message.tempId) this.mark(message.tempId, { local: 'sent', waiting: false, content: message.content });
    if (this.#arrived.size > MOST_ARRIVED) this.#arrived.delete(this.#arrived.keys().next().value);
  }

  addPending(message) {
    this.entries = [...this.entries, { ...message, key: message.tempId, local: 'pending' }];
  }

  mark(tempId, change) {
    this.entries = this.entries.map((entry) => (entry.local && entry.tempId === tempId ? { ...entry, ...change } : entry));
  }

  /** Changes those confirmed entries for which `change` returns something. */
  patch(change) {
    const changed = (message) => {
      const to = message.local ? null : change(message);
      return to ? { ...message, ...to } : message;
    };
    this.entries = this.entries.map(changed);
    this.#arrived.forEach((message, id) => this.#arrived.set(id, changed(message)));
  }

  /** Those of others that count as unread until they are read. */
  countable(meId) {
    return this.entries.filter((entry) =>
      !entry.local && entry.senderId !== meId && entry.status !== 'deleted' && entry.content?.type !== 'system');
  }

  /** Remembers where what waits to be read begins; with no such entry, that nothing does. */
  markNew(entry, count) {
    this.newFrom = entry?.key ?? null;
    this.newCount = entry ? count : 0;
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
    this.#arrived.delete(id);
    this.entries = this.entries.filter((entry) => entry.id !== id);
  }

  /** Everything up to now was cleared. */
  clear() {
    this.loads?.drop();
    this.#arrived.clear();
    this.#forgetConfirmed();
    this.olderCursor = null;
    this.gapAfter = null;
    this.#whole();
  }

  #whole() {
    this.loaded = true;
    this.newerCursor = null;
    this.atEnd = true;
  }

  #takeArrived() {
    const { lastSeq } = this;
    this.merge([...this.#arrived.values()].filter(({ seq }) => seq > lastSeq));
    this.#suspectHole(lastSeq);
    this.#dropConfirmedPending();
    this.#arrived.clear();
  }

  /** What came live after the last page may leave something out. */
  #suspectHole(afterSeq) {
    let last = afterSeq;
    for (const { local, seq } of this.entries) {
      if (local || seq <= last) continue;
      if (seq > last + 1) return this.suspectGap(last);
      last = seq;
    }
  }

  /** What was sent from here and confirmed while the end was not loaded waits with what arrived. */
  #dropConfirmedPending() {
    const confirmed = new Set([...this.#arrived.values()].map(({ tempId }) => tempId).filter(Boolean));
    this.entries = this.entries.filter((entry) => !(entry.local && confirmed.has(entry.tempId)));
  }

  #olderFrom(cursor) {
    this.olderCursor = cursor;
    this.#pages.push({ seq: this.firstSeq, cursor });
  }

  #forgetConfirmed() {
    this.stretch++;
    this.#pages = [];
    this.entries = this.entries.filter((entry) => entry.local);
  }

  #unconfirmed(entries, message) {
    return message.tempId ? entries.findIndex((entry) => entry.local && entry.tempId === message.tempId) : -1;
  }
}

/** Sorting is stable, so unconfirmed entries keep their order after the others. */
function inOrder(entries) {
  const position = (entry) => (entry.local ? Infinity : entry.seq);
  return entries.sort((one, other) => (position(one) === position(other) ? 0 : position(one) < position(other) ? -1 : 1));
}
