import { Timeline } from './timeline.js';

/** Past so many pages a timeline that may have missed something starts afresh at its end. */
const CATCH_UP_PAGES = 5;
/** A hole in `seq` may just be an event overtaken by another: give it this long. */
const HOLE_MILLIS = 800;

/** Keeps the opened conversations' timelines whole: loads them page by page, and fetches what live events left out. */
export class History {
  #api;
  #store;
  #closeGapSoon = new Map();

  constructor(api, store) {
    this.#api = api;
    this.#store = store;
  }

  /** The conversation's timeline, empty until it is loaded. */
  of(conversationId) {
    const { timelines } = this.#store;
    if (!timelines.has(conversationId)) timelines.set(conversationId, new Timeline());
    return timelines.get(conversationId);
  }

  /** What one who opens the conversation needs: the newest page, or what came and changed since it was last whole. */
  async refresh(conversationId) {
    const timeline = this.of(conversationId);
    if (!timeline.loaded || !timeline.atEnd) await this.loadNewest(conversationId);
    else if (timeline.gapAfter !== null) await this.#closeGap(conversationId, timeline.firstSeq - 1);
  }

  loadNewest(conversationId) {
    const timeline = this.of(conversationId);
    return this.#load(timeline, async () => {
      const page = await this.#api.messages(conversationId);
      if (timeline.loaded) timeline.restart(page.data, page.meta.nextCursor);
      else timeline.start(page);
      timeline.gapAfter = null;
    });
  }

  async loadOlder(conversationId) {
    const timeline = this.of(conversationId);
    if (!timeline.olderCursor) return;
    await this.#load(timeline, async () => timeline.prepend(await this.#api.messages(conversationId, { before: timeline.olderCursor })));
  }

  /** After a jump up, on the way back down. */
  async loadNewer(conversationId) {
    const timeline = this.of(conversationId);
    if (timeline.atEnd) return;
    await this.#load(timeline, async () => timeline.append(await this.#api.messages(conversationId, { after: timeline.newerCursor })));
  }

  /** @returns whether the message is among the entries now */
  async loadAround(conversationId, messageId) {
    const timeline = this.of(conversationId);
    if (timeline.byId(messageId)) return true;
    await this.#load(timeline, async () => {
      const page = await this.#api.messages(conversationId, { around: messageId });
      timeline.startAround(page, this.#store.conversations.get(conversationId)?.lastMessage?.seq ?? 0);
      timeline.gapAfter = null;
    });
    return !!timeline.byId(messageId);
  }

  /** Takes a message that was told live or confirmed; of no interest while its conversation was never opened. */
  add(message) {
    const { conversationId } = message;
    const timeline = this.#store.timelines.get(conversationId);
    if (!timeline) return;
    this.#store.changed('timeline');
    if (!timeline.atEnd) {
      if (message.tempId) timeline.remove(message.tempId);
      return; // it is found on the way down
    }
    const { lastSeq } = timeline;
    timeline.merge([message]);
    if (!timeline.loaded || message.seq <= lastSeq + 1) return;
    timeline.suspectGap(lastSeq);
    clearTimeout(this.#closeGapSoon.get(conversationId));
    this.#closeGapSoon.set(conversationId, setTimeout(() => this.#closeGap(conversationId, lastSeq), HOLE_MILLIS));
  }

  /** The connection is gone or new: anything may have been missed. */
  suspectGaps() {
    this.#store.timelines.forEach((timeline) => timeline.loaded && timeline.suspectGap());
  }

  stop() {
    this.#closeGapSoon.forEach(clearTimeout);
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

  /** Pages back from the newest message until it meets `from`. */
  async #closeGap(conversationId, from) {
    const timeline = this.of(conversationId);
    if (!timeline.atEnd) return;
    timeline.gapAfter = null;
    const now = [];
    try {
      let before;
      for (let pages = 0; pages < CATCH_UP_PAGES; pages++) {
        const { data, meta } = await this.#api.messages(conversationId, { before });
        now.push(...data);
        before = data.at(-1)?.seq > from + 1 ? meta.nextCursor : null;
        if (!before) break;
      }
      if (!timeline.atEnd) return; // a jump came in between
      if (before) timeline.restart(now, before);
      else timeline.renew(now);
      timeline.failure = '';
    } catch (failure) {
      timeline.suspectGap(from);
      timeline.failure = failure.message;
    }
    this.#store.changed('timeline');
  }
}
