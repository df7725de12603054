import { h, renderKeyed } from '../dom.js';
import { dayName, dayOf } from '../format.js';
import { icon } from '../icons.js';
import { messageItem } from './message.js';

const NEAR_TOP = 240;
const NEAR_BOTTOM = 80;
const FLASH_MILLIS = 2_000;
/** Messages of one sender this close together stand as one block. */
const GROUP_MILLIS = 5 * 60_000;

/** The history of the open conversation, newest at the bottom; scrolling up loads older pages. */
export function messageListView(chat, store) {
  const list = h('ol', { class: 'messages', 'data-testid': 'messages', 'aria-label': 'Messages' });
  const status = h('div', { class: 'history-status', role: 'status' });
  const typing = h('div', { class: 'typing-dots', 'aria-hidden': 'true', hidden: true }, h('i'), h('i'), h('i'));
  const scroller = h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Message history', on: { scroll: () => scrolled() } },
    h('div', { class: 'column' }, status, list, typing));
  const jump = h('button', { type: 'button', class: 'jump', 'data-testid': 'jump', hidden: true, on: { click: () => toLatest() } },
    icon('down'), h('span', {}, 'Latest'));
  const element = h('div', { class: 'history' }, scroller, jump);
  let atBottom = true;
  let newestKey = null;
  let shownTarget = null;

  const toBottom = () => {
    scroller.scrollTop = scroller.scrollHeight;
  };
  const toLatest = async () => {
    if (!store.activeTimeline?.atEnd) {
      atBottom = true;
      await chat.history.loadNewest(store.activeId);
    }
    toBottom();
  };
  const see = () => {
    if (atBottom && !element.parentElement.hidden) chat.reading.see(store.activeId);
  };
  const scrolled = () => {
    atBottom = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_BOTTOM;
    jump.hidden = atBottom && store.activeTimeline?.atEnd !== false;
    loadIfNear();
    see();
  };
  const loadIfNear = () => {
    const timeline = store.activeTimeline;
    if (!timeline?.loaded || timeline.failure) return;
    if (scroller.scrollTop < NEAR_TOP) chat.history.loadOlder(store.activeId);
    if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_TOP) chat.history.loadNewer(store.activeId);
  };
  /** Brings the message that was jumped to into the middle, once, and lights it up. */
  const showTarget = () => {
    const { target } = store;
    if (!target || target === shownTarget) return;
    const found = list.querySelector(`[data-message-id="${CSS.escape(target.messageId)}"]`);
    if (!found) return;
    shownTarget = target;
    atBottom = false;
    found.scrollIntoView({ block: 'center' });
    found.classList.add('target');
    setTimeout(() => found.classList.remove('target'), FLASH_MILLIS);
  };
  const render = () => {
    const timeline = store.activeTimeline;
    if (!timeline || element.parentElement.hidden) return;
    const anchor = firstShown(list, scroller);
    renderStatus(status, timeline, chat, store);
    renderKeyed(list, itemsOf(timeline, chat, store));
    typing.hidden = !store.typing.get(store.activeId)?.size;
    const newest = timeline.entries.at(-1);
    const isNew = newest && newest.key !== newestKey;
    newestKey = newest?.key ?? null;
    if ((atBottom && timeline.atEnd) || (isNew && newest.local)) toBottom();
    else {
      // Older messages push the rest down: keep what is read in its place.
      if (anchor?.node.isConnected) scroller.scrollTop += anchor.node.getBoundingClientRect().top - anchor.top;
      if (isNew || !timeline.atEnd) jump.hidden = false;
    }
    showTarget();
    requestAnimationFrame(() => {
      loadIfNear();
      see();
    });
  };
  const resized = new ResizeObserver(() => atBottom && toBottom());
  resized.observe(scroller);
  const unsubscribe = store.subscribe(['timeline', 'typing'], render);
  document.addEventListener('visibilitychange', see);

  return {
    element,
    /** Another conversation is open: start at its end. */
    show() {
      atBottom = true;
      newestKey = null;
      jump.hidden = true;
      render();
    },
    stop() {
      unsubscribe();
      document.removeEventListener('visibilitychange', see);
      resized.disconnect();
    },
  };
}

/** What stands at the top of what is seen, and where, so that it can be put there again. */
function firstShown(list, scroller) {
  const { top } = scroller.getBoundingClientRect();
  const node = [...list.children].find((each) => each.getBoundingClientRect().bottom > top && each.dataset.messageId);
  return node ? { node, top: node.getBoundingClientRect().top } : null;
}

function renderStatus(status, timeline, chat, store) {
  const retry = () => (timeline.loaded ? chat.history.loadOlder(store.activeId) : chat.history.loadNewest(store.activeId));
  if (timeline.failure) {
    status.replaceChildren(h('p', {}, timeline.failure), h('button', { type: 'button', class: 'link', on: { click: retry } }, 'Try again'));
  } else if (timeline.loading) {
    status.replaceChildren(h('p', { class: 'loading' }, 'Loading messages…'));
  } else if (timeline.loaded && timeline.entries.length === 0) {
    status.replaceChildren(h('p', { class: 'start' }, 'No messages yet. Yours can be the first.'));
  } else if (timeline.loaded && !timeline.olderCursor) {
    status.replaceChildren(h('p', { class: 'start' }, 'This is where the conversation begins.'));
  } else {
    status.replaceChildren();
  }
}

/** Messages with a separator before each day, each told where in a block of its sender it stands. */
function itemsOf({ entries, newFrom }, chat, store) {
  const isGroup = store.active?.conversationType === 'group';
  const items = [];
  const deleted = new Set(entries.filter(({ status }) => status === 'deleted').map(({ id }) => id));
  entries.forEach((entry, index) => {
    const before = entries[index - 1];
    const after = entries[index + 1];
    if (!before || dayOf(before.createdAt) !== dayOf(entry.createdAt)) items.push(daySeparator(entry));
    if (entry.key === newFrom) items.push(newSeparator());
    items.push(messageItem(entry, {
      isFirst: !isSameBlock(before, entry), isLast: !isSameBlock(entry, after), isOwn: entry.senderId === store.me.id, isGroup,
      quotedIsDeleted: deleted.has(entry.replyTo?.messageId),
    }, chat, store));
  });
  return items;
}

function isSameBlock(one, other) {
  return !!one && !!other && one.senderId === other.senderId
    && one.content?.type !== 'system' && other.content?.type !== 'system'
    && dayOf(one.createdAt) === dayOf(other.createdAt)
    && new Date(other.createdAt) - new Date(one.createdAt) < GROUP_MILLIS;
}

function newSeparator() {
  return { key: 'new', stamp: '', create: () => h('li', { class: 'new', 'data-testid': 'new-messages' }, h('span', {}, 'New')) };
}

function daySeparator({ key, createdAt }) {
  const name = dayName(createdAt);
  return { key: `day before ${key}`, stamp: name, create: () => h('li', { class: 'day' }, h('span', {}, name)) };
}
