import { fill, h, renderKeyed } from '../dom.js';
import { briefTime, exactTime } from '../format.js';
import { icon } from '../icons.js';
import { isolated, nameOf, partnerIn, previewOf, titleOf, typingText } from '../people.js';
import { steadyUnderPointer } from '../steady.js';
import { avatar } from './avatar.js';
import { invitationsView } from './invitations.js';
import { openMenu } from './menu.js';
import { starredDialog } from './messages-dialog.js';
import { newConversationDialog } from './new-conversation.js';
import { profileDialog } from './profile.js';
import { searchResultsView } from './search-results.js';
import { settingsDialog } from './settings.js';

const CONNECTION_TEXT = { connecting: 'Connecting…', online: 'Online', reconnecting: 'Reconnecting…', offline: 'Offline' };
const KINDS = [
  ['all', 'All', () => true],
  ['unread', 'Unread', (each, chat) => chat.reading.unreadIn(each) > 0],
  ['groups', 'Groups', (each) => each.conversationType === 'group'],
];

/** The left pane: who I am, the state of the connection, and all conversations. */
export function conversationListView(chat, store, session, push) {
  const connection = h('p', { class: 'connection', 'data-testid': 'connection' });
  const me = h('div', { class: 'me' });
  const items = h('ul', { class: 'conversations', 'data-testid': 'conversations' });
  const empty = h('div', { class: 'empty', 'data-testid': 'no-conversations', hidden: true });
  const filter = h('input', {
    type: 'search', placeholder: 'Search', 'aria-label': 'Search conversations and messages', 'data-testid': 'filter', autocomplete: 'off',
    on: {
      input: () => {
        results.look(filter.value.trim());
        renderList();
      },
    },
  });
  const results = searchResultsView(chat, store);
  const invitations = invitationsView(chat, store);
  let kind = KINDS[0];
  const kinds = h('div', { class: 'kinds', role: 'group', 'aria-label': 'Show' }, KINDS.map((each) =>
    h('button', { type: 'button', 'aria-pressed': String(each === kind), 'data-testid': `show-${each[0]}`, on: { click: ({ currentTarget }) => choose(each, currentTarget) } }, each[1])));
  const choose = (chosen, button) => {
    kind = chosen;
    for (const each of kinds.children) each.setAttribute('aria-pressed', String(each === button));
    renderList();
  };
  const compose = (kind) => newConversationDialog(kind, chat, store);
  const element = h('section', { class: 'list-pane', 'aria-label': 'Your conversations' },
    h('h1', { class: 'visually-hidden' }, 'Parley'),
    h('header', { class: 'pane-header' },
      me,
      iconButton('compose', 'New chat', 'new-chat', () => compose('direct')),
      iconButton('group', 'New group', 'new-group', () => compose('group')),
      iconButton('more', 'More', 'more', ({ currentTarget }) => openMenu(currentTarget, [
        { label: 'Your profile', icon: 'person', testId: 'profile', act: () => profileDialog(chat, store, session) },
        { label: 'Settings', icon: 'settings', testId: 'settings', act: () => settingsDialog(chat, store, push) },
        { label: 'Starred messages', icon: 'star', testId: 'starred', act: () => starredDialog(chat, store) },
        { label: 'Log out', icon: 'signOut', testId: 'log-out', act: () => session.logOut() },
      ], { label: 'More' }))),
    h('div', { class: 'filter' }, icon('search'), filter, kinds),
    h('nav', { class: 'scroll', 'aria-label': 'Conversations' }, invitations.element, items, empty, results.element));

  const renderMe = () => fill(me,
    avatar({ id: store.me.id, name: nameOf(store.me), url: store.me.avatarUrl }),
    h('div', { class: 'who' }, h('p', { class: 'name', 'data-testid': 'me', dir: 'auto' }, nameOf(store.me)), connection));
  const renderConnection = () => {
    connection.textContent = CONNECTION_TEXT[store.connection];
    connection.dataset.state = store.connection;
  };
  const renderList = () => {
    const wanted = filter.value.trim().toLocaleLowerCase();
    const all = store.conversationsInOrder();
    const shown = all.filter((each) => titleOf(each, store.me.id).toLocaleLowerCase().includes(wanted) && kind[2](each, chat));
    renderKeyed(items, shown.map((each) => item(each, chat, store)));
    filter.parentElement.hidden = all.length === 0;
    const unknown = all.length === 0 && !store.conversationsLoaded;
    empty.hidden = shown.length > 0 || (unknown && !store.listFailure);
    if (unknown) fill(empty, notLoaded(store.listFailure, chat));
    else fill(empty, all.length ? nothingMatches(filter.value) : nothingYet(compose));
    empty.classList.toggle('slim', all.length > 0);
  };

  const redraw = steadyUnderPointer(items, renderList);

  renderMe();
  renderConnection();
  renderList();
  const unsubscribe = [
    store.subscribe(['connection'], renderConnection),
    store.subscribe(['me'], renderMe),
    store.subscribe(['conversations', 'active', 'typing', 'presence'], redraw),
  ];
  return {
    element,
    focus: (id) => items.querySelector(`[data-conversation-id="${CSS.escape(id)}"]`)?.focus(),
    stop: () => [...unsubscribe, results.stop, invitations.stop].forEach((end) => end()),
  };
}

function item(conversation, chat, store) {
  const meId = store.me.id;
  const title = titleOf(conversation, meId);
  const partner = partnerIn(conversation, meId);
  const last = conversation.lastMessage;
  const typing = typingText([...(store.typing.get(conversation.id)?.values() ?? [])]);
  const unread = chat.reading.unreadIn(conversation);
  const isOnline = !!partner && store.online.has(partner.id);
  const isActive = store.activeId === conversation.id;
  const preview = typing || (last ? lastLine(conversation, meId) : 'No messages yet');
  const picture = { id: partner?.id ?? conversation.id, name: title, url: partner?.avatarUrl ?? conversation.iconUrl };
  return {
    key: conversation.id,
    stamp: JSON.stringify([title, preview, last?.createdAt, last && briefTime(last.createdAt), unread, isActive, picture.url, isOnline,
      conversation.isMuted, conversation.isPinned, tick(last, meId)]),
    create: () =>
      h('li', {},
        h('a', {
          class: `conversation-item${unread ? ' unread' : ''}${conversation.isMuted ? ' muted' : ''}`, href: `#/c/${encodeURIComponent(conversation.id)}`,
          'aria-current': isActive ? 'page' : null, 'data-testid': 'conversation', 'data-conversation-id': conversation.id,
        },
          avatar(picture, isOnline ? 'online' : ''),
          h('span', { class: 'title', 'data-testid': 'title', dir: 'auto' }, title),
          last ? h('time', { datetime: last.createdAt, title: exactTime(last.createdAt) }, briefTime(last.createdAt)) : null,
          h('span', { class: 'preview-line' },
            typing ? null : tickIcon(last, meId),
            h('span', { class: `preview${typing ? ' typing' : ''}`, 'data-testid': 'preview', dir: 'auto' }, preview),
            conversation.isMuted ? sign('bellOff', 'Muted') : null,
            conversation.isPinned ? sign('pin', 'Pinned') : null,
            unread ? h('span', { class: 'badge', 'data-testid': 'unread' }, unread > 99 ? '99+' : String(unread), h('span', { class: 'visually-hidden' }, ' unread')) : null))),
  };
}

/** What became of the last message, if it is the user's own. */
function tick(last, meId) {
  return last && last.senderId === meId && last.content?.type !== 'system' && last.status !== 'deleted' ? (last.deliveryStatus ?? 'sent') : null;
}

function tickIcon(last, meId) {
  const state = tick(last, meId);
  return state && h('span', { class: `tick ${state}`, role: 'img', 'aria-label': state }, icon(state === 'sent' ? 'check' : 'checks'));
}

function sign(name, label) {
  return h('span', { class: 'sign', role: 'img', 'aria-label': label, title: label }, icon(name));
}

function lastLine(conversation, meId) {
  const { senderId, sender, content } = conversation.lastMessage;
  const text = previewOf(conversation.lastMessage);
  if (content?.type === 'system') return text;
  if (senderId === meId) return text;
  return conversation.conversationType === 'group' ? `${isolated(nameOf(sender))}: ${text}` : text;
}

function iconButton(name, label, testId, onClick) {
  return h('button', { type: 'button', class: 'icon-button', title: label, 'aria-label': label, 'data-testid': testId, on: { click: onClick } }, icon(name));
}

function nothingYet(compose) {
  return [
    h('h2', {}, 'No conversations yet'),
    h('p', {}, 'Find somebody and say hello. Groups work too.'),
    h('button', { type: 'button', class: 'primary', 'data-testid': 'first-chat', on: { click: () => compose('direct') } }, 'Start a chat'),
  ];
}

function notLoaded(failure, chat) {
  return [h('p', {}, failure), h('button', { type: 'button', class: 'link', on: { click: () => chat.loadConversations() } }, 'Try again')];
}

function nothingMatches(text) {
  return [h('p', {}, text.trim() ? `No conversation is called “${text.trim()}”.` : 'Nothing here.')];
}
