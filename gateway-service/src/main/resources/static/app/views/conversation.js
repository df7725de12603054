import { h } from '../dom.js';
import { icon } from '../icons.js';
import { partnerIn, titleOf, typingText } from '../people.js';
import { avatar } from './avatar.js';
import { composerView } from './composer.js';
import { membersDialog } from './members.js';
import { messageListView } from './message-list.js';

/** The right pane: one conversation, or an invitation to open one. */
export function conversationView(chat, store) {
  const header = h('header', { class: 'pane-header' });
  const messages = messageListView(chat, store);
  const composer = composerView(chat, store);
  const opened = h('div', { class: 'opened', hidden: true }, header, messages.element, composer.element);
  const nothing = h('div', { class: 'empty nothing-open', 'data-testid': 'nothing-open' },
    h('img', { src: 'parley.svg', alt: '', width: '72', height: '72' }),
    h('h2', {}, 'Pick a conversation'),
    h('p', {}, 'Or start a new one with the pencil above the list.'));
  const element = h('main', { class: 'conversation-pane' }, nothing, opened);
  let shownId = null;

  const render = () => {
    const conversation = store.active;
    opened.hidden = !conversation;
    nothing.hidden = !!store.activeId;
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
  const unsubscribe = store.subscribe(['active', 'conversations', 'typing'], render);
  return {
    element,
    stop() {
      unsubscribe();
      messages.stop();
    },
  };
}

/** Made anew only when what it says changed, so that a button in it keeps its focus. */
function renderHeader(header, conversation, chat, store) {
  const title = titleOf(conversation, store.me.id);
  const typing = typingText([...(store.typing.get(conversation.id)?.values() ?? [])]);
  const partner = partnerIn(conversation, store.me.id);
  const isGroup = conversation.conversationType === 'group';
  const stamp = JSON.stringify([conversation.id, title, typing, conversation.participantCount, partner?.avatarUrl]);
  if (header.dataset.stamp === stamp) return;
  header.dataset.stamp = stamp;
  const count = conversation.participantCount ?? conversation.participants?.length ?? 0;
  const standing = isGroup
    ? h('button', { type: 'button', class: 'link quiet', 'data-testid': 'members', on: { click: () => membersDialog(conversation, chat, store) } },
        `${count} ${count === 1 ? 'member' : 'members'}`)
    : partner?.username ? `@${partner.username}` : '';
  header.replaceChildren(
    h('a', { class: 'icon-button back', href: '#', 'aria-label': 'Back to conversations', 'data-testid': 'back' }, icon('back')),
    avatar({ id: partner?.id ?? conversation.id, name: title, url: partner?.avatarUrl ?? conversation.iconUrl }),
    h('div', { class: 'who' },
      h('h1', { class: 'name', 'data-testid': 'conversation-title', dir: 'auto' }, title),
      h('p', { class: typing ? 'standing typing' : 'standing', 'data-testid': 'typing' }, typing || standing)));
}
