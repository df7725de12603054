import { Timeline } from './timeline.js';

/** Past so many pages of missed messages a timeline starts afresh at its end. */
const CATCH_UP_PAGES = 5;
/** A hole in `seq` may just be an event overtaken by another: give it this long. */
const HOLE_MILLIS = 800;

/** Keeps the opened conversations' timelines whole: loads them page by page, and fetches what live events left out. */
export class History {
  #api;
  #store;
  #closeGapSoon = null;

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

  /** What one who opens the conversation needs: the newest page, or what came since it was last whole. */
  async refresh(conversationId) {
    const timeline = this.of(conversationId);
    if (!timeline.loaded) await this.loadNewest(conversationId);
    else if (timeline.gapAfter !== null) await this.#closeGap(conversationId);
  }

  loadNewest(conversationId) {
    const timeline = this.of(conversationId);
    return this.#load(timeline, async () => timeline.start(await this.#api.messages(conversationId)));
  }

  async loadOlder(conversationId) {
    const timeline = this.of(conversationId);
    if (!timeline.olderCursor) return;
    await this.#load(timeline, async () => timeline.prepend(await this.#api.messages(conversationId, timeline.olderCursor)));
  }

  /** Takes a message that was told live or confirmed; of no interest while its conversation was never opened. */
  add(message) {
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

  /** The connection is gone or new: anything may have been missed. */
  suspectGaps() {
    this.#store.timelines.forEach((timeline) => timeline.loaded && timeline.suspectGap());
  }

  stop() {
    clearTimeout(this.#closeGapSoon);
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

  /** Pages back from the newest message until it meets what is known to be unbroken. */
  async #closeGap(conversationId) {
    const timeline = this.of(conversationId);
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
}
