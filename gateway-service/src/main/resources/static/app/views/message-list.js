import { h } from '../dom.js';
import { icon } from '../icons.js';
import { steadyUnderPointer } from '../steady.js';
import { LongRowList } from './long-row-list.js';
import { messageKeys } from './message-keys.js';
import { messageRows } from './message-rows.js';
import { ScrollPlace } from './scroll-place.js';

const NEAR_EDGE = 240;
const FLASH_MILLIS = 2_000;
/** So many messages may come at once without a mark where they begin. */
const FEW = 5;
/** How far from the top what is read first stands, so that one sees what it follows. */
const LEAD = 72;

/** The history of the open conversation, newest at the bottom; scrolling to either edge loads more. */
export function messageListView(chat, store) {
  const list = h('div', { class: 'messages', role: 'list', 'data-testid': 'messages', 'aria-label': 'Messages' });
  const status = h('div', { class: 'history-status', role: 'status' });
  const typing = h('div', { class: 'typing-dots', 'aria-hidden': 'true', hidden: true }, h('i'), h('i'), h('i'));
  const column = h('div', { class: 'column' }, status, list, typing);
  // New messages are read out by the announcer; a log that speaks for itself would read each older page too.
  const scroller = h('div', { class: 'scroll', role: 'log', 'aria-live': 'off', 'aria-label': 'Message history' }, column);
  const below = h('span', { class: 'badge', 'data-testid': 'below', hidden: true });
  const jump = h('button', { type: 'button', class: 'jump', 'data-testid': 'jump', hidden: true, on: { click: () => toLatest() } },
    icon('down'), h('span', {}, 'Latest'), below);
  const element = h('div', { class: 'history' }, scroller, jump);
  const rows = new LongRowList(list);
  const place = new ScrollPlace(scroller, column, () => scrolled());
  const keys = messageKeys({ list, scroller, rows, toEnd: () => toLatest() });
  let shownOpening = null;
  let shownTarget = null;
  let newestKey = null;
  let isAway = false;

  const isHidden = () => element.parentElement.hidden;
  const toLatest = async () => {
    if (!store.activeTimeline?.atEnd) await chat.history.loadNewest(store.activeId);
    if (store.activeTimeline?.atEnd) place.toEnd();
  };
  const scrolled = () => {
    loadIfNear();
    see();
  };
  const loadIfNear = () => {
    const timeline = store.activeTimeline;
    if (isHidden() || !timeline?.loaded || !shownOpening || timeline.opened !== shownOpening || timeline.failure) return;
    if (scroller.scrollTop < NEAR_EDGE && timeline.olderCursor) chat.history.loadOlder(store.activeId);
    if (place.distanceToEnd < NEAR_EDGE && !timeline.atEnd) chat.history.loadNewer(store.activeId);
  };
  /** Tells what is on the screen, and keeps the button to the end and the tab stop in step with it. */
  const see = () => {
    const timeline = store.activeTimeline;
    if (isHidden() || !timeline?.loaded || !timeline.opened || timeline.opened !== shownOpening) return;
    const { top, bottom } = scroller.getBoundingClientRect();
    const confirmed = ({ entry }) => entry && !entry.local;
    const first = rows.rows.slice(rows.firstBelow(top)).find(confirmed);
    const last = rows.rows.slice(0, rows.firstBelow(bottom + 1)).findLast(confirmed);
    const isEnd = place.distanceToEnd <= 1 && timeline.atEnd;
    if (first && last) chat.reading.see(store.activeId, first.entry.seq, isEnd ? timeline.lastSeq : last.entry.seq, isEnd);
    keys.settle(last);
    jump.hidden = place.isAtEnd && timeline.atEnd;
    const unread = store.active ? chat.reading.unreadIn(store.active) : 0;
    if (below.textContent !== String(unread)) below.textContent = String(unread);
    below.hidden = unread === 0;
    jump.setAttribute('aria-label', unread ? `To the end, ${unread} unread` : 'To the end');
  };
  /** What others have written since the history was drawn. */
  const cameSince = (timeline) => {
    if (!timeline.atEnd || newestKey === null || !shownOpening || timeline.opened !== shownOpening) return [];
    const from = timeline.entries.findLastIndex(({ key }) => key === newestKey) + 1;
    const countable = new Set(timeline.countable(store.me.id));
    return from === 0 ? [] : timeline.entries.slice(from).filter((entry) => countable.has(entry));
  };
  /** Where that begins is marked if nobody looks, or if it is much at once, as after a lost connection. */
  const markUnseen = (timeline, came) => {
    const { isAttended } = chat.reading;
    if (came.length === 0 || (isAttended && came.length <= FEW)) return;
    const first = isAway && !isAttended ? timeline.entries.find(({ key }) => key === timeline.newFrom) : null;
    timeline.markNew(first ?? came[0], (first ? timeline.newCount : 0) + came.length);
    isAway = !isAttended;
  };
  const showTarget = () => {
    const { target } = store;
    if (!target || target === shownTarget) return false;
    const row = rows.rows.find(({ entry }) => entry?.id === target.messageId);
    if (!row) return false;
    shownTarget = target;
    place.toMiddle(row.element);
    row.element.classList.add('target');
    setTimeout(() => row.element.classList.remove('target'), FLASH_MILLIS);
    return true;
  };
  /** The conversation was just opened: what it is opened at is brought into view, once. */
  const begin = (timeline) => {
    shownOpening = timeline.opened;
    if (showTarget()) return;
    const divider = rows.rows.find(({ key }) => key === 'new');
    if (divider) place.toTop(divider.element, LEAD);
    else place.toEnd();
  };
  const render = () => {
    const timeline = store.activeTimeline;
    if (!timeline || isHidden()) return;
    const newest = timeline.entries.at(-1);
    const isNew = !!newest && newest.key !== newestKey && newestKey !== null;
    const came = isNew ? cameSince(timeline) : [];
    markUnseen(timeline, came);
    newestKey = newest?.key ?? '';
    const wasAtEnd = place.isAtEnd;
    const anchor = place.isHeld ? null : anchorOf(rows, scroller);
    renderStatus(status, timeline, store);
    rows.show(messageRows(timeline, chat, store));
    typing.hidden = !store.typing.get(store.activeId)?.size;
    scroller.setAttribute('aria-busy', String(timeline.loading));
    if (timeline.opened && timeline.opened !== shownOpening) begin(timeline);
    else if (!showTarget()) {
      if (isNew && newest.local) place.toEnd();
      else if (isNew && wasAtEnd && timeline.atEnd) follow(came);
      else place.keep(anchor);
    }
    requestAnimationFrame(scrolled);
  };
  /** The end stays in view when something comes, but not at the cost of what came first and was not seen yet. */
  const follow = ([first]) => {
    const row = rows.rows.find(({ key }) => key === (isAway ? 'new' : first?.key));
    if (row) place.toEndBut(row.element, LEAD);
    else place.toEnd();
  };
  const attended = () => {
    if (chat.reading.isAttended) isAway = false;
    see();
  };
  const unsubscribe = [store.subscribe(['timeline', 'typing'], steadyUnderPointer(list, render)), store.subscribe(['conversations'], () => see())];
  document.addEventListener('visibilitychange', attended);
  addEventListener('focus', attended);

  return {
    element,
    /** Another conversation is open. */
    show() {
      newestKey = null;
      shownOpening = null;
      isAway = false;
      jump.hidden = true;
      place.toEnd();
      render();
    },
    stop() {
      unsubscribe.forEach((end) => end());
      document.removeEventListener('visibilitychange', attended);
      removeEventListener('focus', attended);
      place.stop();
    },
  };
}

/** What stands at the top of what is seen, and where, so that it can be put there again. */
function anchorOf(rows, scroller) {
  const row = rows.rows.slice(rows.firstBelow(scroller.getBoundingClientRect().top)).find(({ entry }) => entry);
  return row ? { element: row.element, top: row.element.getBoundingClientRect().top } : null;
}

function renderStatus(status, timeline, store) {
  const [text, kind] = statusOf(timeline);
  const stamp = `${kind} ${text}`;
  if (status.dataset.stamp === stamp) return;
  status.dataset.stamp = stamp;
  status.replaceChildren(...(text ? [h('p', { class: kind }, text)] : []));
  if (kind === 'failed') {
    status.append(h('button', { type: 'button', class: 'link', on: { click: () => store.activeTimeline?.loads.again() } }, 'Try again'));
  }
}

function statusOf(timeline) {
  if (timeline.failure) return [timeline.failure, 'failed'];
  if (timeline.loading) return ['Loading messages…', 'loading'];
  if (timeline.loaded && timeline.entries.length === 0) return ['No messages yet. Yours can be the first.', 'start'];
  if (timeline.loaded && !timeline.olderCursor) return ['This is where the conversation begins.', 'start'];
  return ['', 'none'];
}
