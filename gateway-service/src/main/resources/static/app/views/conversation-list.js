import { h, renderKeyed } from '../dom.js';
import { briefTime, exactTime } from '../format.js';
import { icon } from '../icons.js';
import { nameOf, partnerIn, previewOf, titleOf, typingText } from '../people.js';
import { avatar } from './avatar.js';
import { newConversationDialog } from './new-conversation.js';

const CONNECTION_TEXT = { connecting: 'Connecting…', online: 'Online', reconnecting: 'Reconnecting…', offline: 'Offline' };

/** The left pane: who I am, the state of the connection, and all conversations. */
export function conversationListView(chat, store, onLogOut) {
  const connection = h('p', { class: 'connection', role: 'status', 'data-testid': 'connection' });
  const items = h('ul', { class: 'conversations', 'data-testid': 'conversations' });
  const empty = h('div', { class: 'empty', 'data-testid': 'no-conversations', hidden: true });
  const filter = h('input', {
    type: 'search', placeholder: 'Filter conversations', 'aria-label': 'Filter conversations', 'data-testid': 'filter',
    on: { input: () => renderList() },
  });
  const compose = (kind) => newConversationDialog(kind, chat, store);
  const element = h('aside', { class: 'list-pane', 'aria-label': 'Conversations' },
    h('header', { class: 'pane-header' },
      avatar({ id: store.me.id, name: nameOf(store.me), url: store.me.avatarUrl }),
      h('div', { class: 'who' }, h('p', { class: 'name', 'data-testid': 'me' }, nameOf(store.me)), connection),
      iconButton('compose', 'New chat', 'new-chat', () => compose('direct')),
      iconButton('group', 'New group', 'new-group', () => compose('group')),
      iconButton('signOut', 'Log out', 'log-out', onLogOut)),
    h('div', { class: 'filter' }, icon('search'), filter),
    h('nav', { class: 'scroll', 'aria-label': 'Conversations' }, items, empty));

  const renderConnection = () => {
    connection.textContent = CONNECTION_TEXT[store.connection];
    connection.dataset.state = store.connection;
  };
  const renderList = () => {
    const wanted = filter.value.trim().toLocaleLowerCase();
    const all = store.conversationsInOrder();
    const shown = all.filter((each) => titleOf(each, store.me.id).toLocaleLowerCase().includes(wanted));
    renderKeyed(items, shown.map((each) => item(each, chat, store)));
    filter.parentElement.hidden = all.length === 0;
    const unknown = all.length === 0 && !store.conversationsLoaded;
    empty.hidden = shown.length > 0 || (unknown && !store.listFailure);
    if (unknown) empty.replaceChildren(...notLoaded(store.listFailure, chat));
    else empty.replaceChildren(...(all.length ? nothingMatches(filter.value) : nothingYet(compose)));
  };

  renderConnection();
  renderList();
  const unsubscribe = [
    store.subscribe(['connection'], renderConnection),
    store.subscribe(['conversations', 'active', 'typing'], renderList),
  ];
  return { element, stop: () => unsubscribe.forEach((end) => end()) };
}

function item(conversation, chat, store) {
  const meId = store.me.id;
  const title = titleOf(conversation, meId);
  const partner = partnerIn(conversation, meId);
  const last = conversation.lastMessage;
  const typing = typingText([...(store.typing.get(conversation.id)?.values() ?? [])]);
  const isUnread = chat.isUnread(conversation);
  const isActive = store.activeId === conversation.id;
  const preview = typing || (last ? lastLine(conversation, meId) : 'No messages yet');
  const picture = { id: partner?.id ?? conversation.id, name: title, url: partner?.avatarUrl ?? conversation.iconUrl };
  return {
    key: conversation.id,
    stamp: JSON.stringify([title, preview, last?.createdAt, last && briefTime(last.createdAt), isUnread, isActive, picture.url]),
    create: () =>
      h('li', {},
        h('a', {
          class: `conversation-item${isUnread ? ' unread' : ''}`, href: `#/c/${encodeURIComponent(conversation.id)}`,
          'aria-current': isActive ? 'page' : null, 'data-testid': 'conversation', 'data-conversation-id': conversation.id,
        },
          avatar(picture),
          h('span', { class: 'title', 'data-testid': 'title', dir: 'auto' }, title),
          last ? h('time', { datetime: last.createdAt, title: exactTime(last.createdAt) }, briefTime(last.createdAt)) : null,
          h('span', { class: `preview${typing ? ' typing' : ''}`, 'data-testid': 'preview', dir: 'auto' }, preview),
          isUnread ? h('span', { class: 'dot', 'data-testid': 'unread' }, h('span', { class: 'visually-hidden' }, 'Unread')) : null)),
  };
}

function lastLine(conversation, meId) {
  const { senderId, sender, content } = conversation.lastMessage;
  const text = previewOf(conversation.lastMessage);
  if (content?.type === 'system') return text;
  if (senderId === meId) return `You: ${text}`;
  return conversation.conversationType === 'group' ? `${nameOf(sender)}: ${text}` : text;
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
  return [h('p', {}, `No conversation matches “${text.trim()}”.`)];
}
