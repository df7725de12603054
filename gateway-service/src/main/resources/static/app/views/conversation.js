import { fill, h } from '../dom.js';
import { icon } from '../icons.js';
import { isSelfChat, isolated, lastSeenText, memberCount, partnerIn, titleOf, typingText } from '../people.js';
import { avatar } from './avatar.js';
import { composerView } from './composer.js';
import { infoDialog } from './info.js';
import { lostView } from './lost.js';
import { messageListView } from './message-list.js';
import { pinnedBarView } from './pinned-bar.js';

/** "last seen 5 min ago" and "Today" grow old on the page. */
const REFRESH_MILLIS = 30_000;

/** The right pane: one conversation, or an invitation to open one. */
export function conversationView(chat, store) {
  const header = h('header', { class: 'pane-header' });
  const pinned = pinnedBarView(chat, store);
  const messages = messageListView(chat, store);
  const opened = h('div', { class: 'opened', hidden: true }, header, pinned.element, messages.element);
  const composer = composerView(chat, store, opened);
  opened.append(composer.element);
  const nothing = h('div', { class: 'empty nothing-open', 'data-testid': 'nothing-open' },
    h('img', { src: 'parley.svg', alt: '', width: '72', height: '72' }),
    h('h2', {}, 'Pick a conversation'),
    h('p', {}, 'Or start a new one with the pencil above the list.'));
  const lost = lostView(chat, store);
  const element = h('section', { class: 'conversation-pane', 'aria-label': 'Conversation' }, nothing, lost.element, opened);
  let shownId = null;

  const render = () => {
    const conversation = store.active;
    opened.hidden = !conversation;
    nothing.hidden = !!store.activeId || !!store.lost;
    lost.render();
    if (!conversation) {
      shownId = null;
      return;
    }
    renderHeader(header, conversation, chat, store);
    if (conversation.id === shownId) return;
    shownId = conversation.id;
    messages.show();
    composer.show(conversation.id);
  };

  render();
  const unsubscribe = store.subscribe(['active', 'conversations', 'typing', 'presence', 'connection', 'lost'], render);
  const clock = setInterval(() => {
    render();
    store.changed('timeline'); // a day may have ended
  }, REFRESH_MILLIS);
  return {
    element,
    stop() {
      clearInterval(clock);
      unsubscribe();
      pinned.stop();
      messages.stop();
      composer.stop();
    },
  };
}

function renderHeader(header, conversation, chat, store) {
  const title = titleOf(conversation, store.me.id);
  const typing = typingText([...(store.typing.get(conversation.id)?.values() ?? [])]);
  const partner = partnerIn(conversation, store.me.id);
  const isOnline = !!partner && store.online.has(partner.id);
  const standing = standingOf(conversation, partner, store);
  const picture = { id: partner?.id ?? conversation.id, name: title, url: partner?.avatarUrl ?? conversation.iconUrl };
  const showInfo = () => infoDialog(conversation.id, chat, store);
  fill(header,
    h('a', { class: 'icon-button back', href: '#', 'aria-label': 'Back to conversations', 'data-testid': 'back' }, icon('back')),
    h('button', { type: 'button', class: 'headline', 'data-testid': 'members', 'aria-label': `${isolated(title)}: details`, on: { click: showInfo } },
      avatar(picture, isOnline ? 'online' : ''),
      h('span', { class: 'who' },
        h('h1', { class: 'name', 'data-testid': 'conversation-title', dir: 'auto' }, title),
        h('span', { class: typing ? 'standing typing' : 'standing', 'data-testid': 'typing', 'data-online': String(isOnline) }, typing || standing))),
    conversation.isMuted ? h('span', { class: 'muted-mark', role: 'img', 'aria-label': 'Muted', title: 'Muted' }, icon('bellOff')) : null,
    h('button', { type: 'button', class: 'icon-button', title: 'Details', 'aria-label': 'Details', 'data-testid': 'info', on: { click: showInfo } }, icon('info')));
}

function standingOf(conversation, partner, store) {
  if (conversation.conversationType === 'group') return memberCount(conversation);
  if (isSelfChat(conversation, store.me.id)) return 'Only you see what is written here';
  if (!partner) return '';
  if (store.online.has(partner.id)) return 'online';
  return lastSeenText(store.lastSeen.get(partner.id)) || (partner.username ? isolated(`@${partner.username}`) : '');
}
