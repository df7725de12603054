/**
 * The loaded stretch of one conversation: always one unbroken run up to the newest message, ordered by `seq`, and after it
 * what this user has sent that the server has not confirmed, in order of sending.
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
  /** Messages past this `seq` may be missing; null if none can be. */
  gapAfter = null;

  /** The highest confirmed `seq`, or 0. */
  get lastSeq() {
    return this.entries.findLast((entry) => !entry.local)?.seq ?? 0;
  }

  /** Something may be missing from here on; an earlier gap stays the earlier one. */
  suspectGap(afterSeq = this.lastSeq) {
    this.gapAfter = Math.min(this.gapAfter ?? afterSeq, afterSeq);
  }

  /** Takes the first page, newest first as the server gives it. */
  start(page) {
    this.merge(page.data);
    this.olderCursor = page.meta.nextCursor;
    this.loaded = true;
  }

  prepend(page) {
    this.merge(page.data);
    this.olderCursor = page.meta.nextCursor;
  }

  /** Forgets what is confirmed: too much was missed to close the gap page by page. */
  restart(pages, olderCursor) {
    this.entries = this.entries.filter((entry) => entry.local);
    this.merge(pages);
    this.olderCursor = olderCursor;
  }

  /** Adds messages or replaces those known by id or `tempId`; what came before the loaded stretch is left out. */
  merge(messages) {
    for (const message of messages) {
      const index = this.#indexOf(message);
      const key = this.entries[index]?.key ?? message.id;
      if (index < 0) this.entries.push({ ...message, key });
      else this.entries[index] = { ...message, key };
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

  find(tempId) {
    return this.entries.find((entry) => entry.local && entry.tempId === tempId);
  }

  remove(tempId) {
    this.entries = this.entries.filter((entry) => !(entry.local && entry.tempId === tempId));
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
