import { HISTORY_PAGE } from './api.js';
import { Loads } from './loads.js';
import { Timeline } from './timeline.js';

/** Past so many pages a timeline that may have missed something starts afresh at its end. */
const CATCH_UP_PAGES = 5;
/** A conversation is opened again with no more than its newest messages, so that it is there at once. */
const MOST_OPENED = 120;
/** So many pages of nothing but one's own messages may stand between what was read last and what is unread. */
const OWN_PAGES = 5;
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
    if (!timelines.has(conversationId)) {
      const timeline = new Timeline();
      timeline.loads = new Loads(() => this.#store.changed('timeline'));
      timelines.set(conversationId, timeline);
    }
    return timelines.get(conversationId);
  }

  /**
   * Loads what somebody sees who opens the conversation: where what is unread begins, else the end.
   *
   * @param {{count: number, upTo: number}} unread how many messages are unread, the newest of them with the `seq` `upTo`
   * @returns the first unread message; null if there is none
   */
  async open(conversationId, unread) {
    const timeline = this.of(conversationId);
    const opening = {};
    timeline.opening = opening;
    timeline.opened = null;
    if (timeline.loaded && timeline.atEnd) timeline.trim(Math.max(MOST_OPENED, unread.count + HISTORY_PAGE));
    const { first, count } = await this.#loadFirstUnread(conversationId, unread);
    if (timeline.opening !== opening) return null; // opened once more, or elsewhere
    timeline.markNew(first, count);
    if (timeline.loaded) timeline.opened = opening;
    else timeline.loads.again = () => this.open(conversationId, unread);
    this.#store.changed('timeline');
    return first;
  }

  async #loadFirstUnread(conversationId, unread) {
    const timeline = this.of(conversationId);
    const held = () => (unread.count > 0
      ? timeline.countable(this.#store.me.id).filter(({ seq }) => seq <= unread.upTo).at(-unread.count) ?? null : null);
    const isFar = unread.count > HISTORY_PAGE && !(timeline.loaded && timeline.atEnd && timeline.gapAfter === null && held());
    const far = isFar ? await this.#loadAfterRead(conversationId) : null;
    if (far?.first) return far;
    await this.#refresh(conversationId);
    if (unread.count > 0 && !isFar && !held() && timeline.olderCursor) return this.#loadAfterRead(conversationId);
    return { first: held(), count: unread.count };
  }

  /** From the message that was read last: between it and the first that is unread there may be some of one's own. */
  async #loadAfterRead(conversationId) {
    const timeline = this.of(conversationId);
    const none = { first: null, count: 0 };
    const asked = await Promise.all([this.#api.lastRead(conversationId), this.#api.unread(conversationId)]).catch(() => null);
    if (!asked) return none;
    const [{ lastReadMessageId }, { unreadCount }] = asked;
    const { isTaken } = await this.#window(conversationId, lastReadMessageId ? { around: lastReadMessageId } : { afterSeq: 0 });
    if (!isTaken) return none;
    const readSeq = timeline.byId(lastReadMessageId)?.seq ?? 0;
    const first = () => timeline.countable(this.#store.me.id).find(({ seq }) => seq > readSeq) ?? null;
    for (let pages = 0; pages < OWN_PAGES && !first() && !timeline.atEnd; pages++) await this.loadNewer(conversationId);
    return { first: first(), count: unreadCount };
  }

  /** What came and changed since it was last whole; if too much came to show it at once, from where what is unread begins. */
  async refresh(conversationId) {
    const { unreadCount = 0, lastMessage } = this.#store.conversations.get(conversationId) ?? {};
    const { loaded, gapAfter } = this.of(conversationId);
    if (loaded && gapAfter !== null && unreadCount > CATCH_UP_PAGES * HISTORY_PAGE) {
      await this.open(conversationId, { count: unreadCount, upTo: lastMessage?.seq ?? 0 });
    } else await this.#refresh(conversationId);
  }

  /** The newest page, or what came and changed since it was last whole. */
  async #refresh(conversationId) {
    const timeline = this.of(conversationId);
    if (!timeline.loaded || !timeline.atEnd) await this.loadNewest(conversationId);
    else if (timeline.gapAfter !== null) await this.#closeGap(conversationId, timeline.firstSeq - 1);
  }

  async loadNewest(conversationId) {
    const timeline = this.of(conversationId);
    const load = await timeline.loads.window(() => this.#page(conversationId), (page) => timeline.start(page));
    if (load.isTaken) this.#watchGap(conversationId);
    return load;
  }

  loadOlder(conversationId) {
    const timeline = this.of(conversationId);
    return timeline.loads.edge('older',
      () => timeline.olderCursor && this.#page(conversationId, { before: timeline.olderCursor }), (page) => timeline.prepend(page));
  }

  /** After a jump up, on the way back down. */
  async loadNewer(conversationId) {
    const timeline = this.of(conversationId);
    const load = await timeline.loads.edge('newer',
      () => (timeline.atEnd ? null : this.#page(conversationId, { after: timeline.newerCursor })), (page) => timeline.append(page));
    if (load.isTaken) this.#watchGap(conversationId);
    return load;
  }

  /** Loads what is around a message, unless it is there already. The load tells how that ended. */
  async jump(conversationId, messageId) {
    const timeline = this.of(conversationId);
    const jumping = {};
    timeline.opening = jumping;
    const load = await this.#loadAround(conversationId, messageId);
    if (timeline.opening !== jumping) return {};
    if (timeline.loaded) timeline.opened ??= jumping;
    return load;
  }

  async #loadAround(conversationId, messageId) {
    const timeline = this.of(conversationId);
    if (timeline.loaded && timeline.byId(messageId)) {
      if (timeline.loads.isReplacing) timeline.loads.drop(); // an earlier jump must not come after this one
      return { isTaken: true };
    }
    return this.#window(conversationId, { around: messageId });
  }

  /** The page around a message or after a `seq`, instead of all that was loaded. */
  async #window(conversationId, place) {
    const timeline = this.of(conversationId);
    const newest = () => this.#store.conversations.get(conversationId)?.lastMessage?.seq ?? 0;
    const load = await timeline.loads.window(
      () => this.#page(conversationId, place), (page) => timeline.startAt(page, (page.data[0]?.seq ?? 0) >= newest()));
    if (load.failure && timeline.loaded) timeline.loads.failure = null; // what was there is there still
    this.#store.changed('timeline');
    if (load.isTaken) this.#watchGap(conversationId);
    return load;
  }

  /** Takes a message that was told live or confirmed; of no interest while its conversation was never opened. */
  add(message) {
    const { conversationId } = message;
    const timeline = this.#store.timelines.get(conversationId);
    const [changed] = this.#store.changes.apply([message]); // an event may come before its message
    if (!timeline || !changed) return;
    this.#store.changed('timeline');
    if (!timeline.atEnd) {
      timeline.keepForEnd(changed);
      return;
    }
    if (timeline.loaded && timeline.olderCursor && message.seq < timeline.firstSeq) {
      if (message.tempId) timeline.remove(message.tempId);
      return; // it is found on the way up
    }
    const { lastSeq } = timeline;
    timeline.merge([changed]);
    if (!timeline.loaded || message.seq <= lastSeq + 1) return;
    timeline.suspectGap(lastSeq);
    this.#watchGap(conversationId);
  }

  /** The connection is gone or new: anything may have been missed. */
  suspectGaps() {
    this.#store.changes.forget();
    this.#store.timelines.forEach((timeline) => timeline.loaded && timeline.suspectGap());
  }

  stop() {
    this.#closeGapSoon.forEach(clearTimeout);
  }

  /** A page with all that events told while it was under way. */
  async #page(conversationId, place) {
    const since = this.#store.changes.now;
    const page = await this.#api.messages(conversationId, place);
    return { ...page, data: this.#store.changes.apply(page.data, since) };
  }

  #watchGap(conversationId) {
    const { gapAfter } = this.of(conversationId);
    clearTimeout(this.#closeGapSoon.get(conversationId));
    if (gapAfter === null) return;
    this.#closeGapSoon.set(conversationId, setTimeout(() => this.#closeGap(conversationId, gapAfter), HOLE_MILLIS));
  }

  /** Pages back from the newest message until it meets `from`. */
  async #closeGap(conversationId, from) {
    const timeline = this.of(conversationId);
    if (!timeline.atEnd) return;
    const { loads, stretch, suspicions } = timeline;
    const now = [];
    try {
      let before;
      for (let pages = 0; pages < CATCH_UP_PAGES; pages++) {
        const { data, meta } = await this.#page(conversationId, { before });
        now.push(...data);
        before = data.at(-1)?.seq > from + 1 ? meta.nextCursor : null;
        if (!before) break;
      }
      if (stretch !== timeline.stretch) return; // what came in its place is whole
      if (before) timeline.restart(now, before);
      else timeline.renew(now);
      loads.failure = null;
      if (suspicions === timeline.suspicions) timeline.gapAfter = null;
      else this.#watchGap(conversationId);
    } catch (failure) {
      if (stretch !== timeline.stretch) return;
      loads.failure = failure;
      loads.again = () => this.#closeGap(conversationId, from);
    }
    this.#store.changed('timeline');
  }
}
