import { h } from '../dom.js';
import { Announcer } from './announcer.js';
import { conversationListView } from './conversation-list.js';
import { conversationView } from './conversation.js';

/** The two panes of the signed-in page. The open conversation is in the address (`#/c/<id>`, `#/c/<id>/m/<message id>`), so "back" and a reload work. */
export function shellView(chat, store, onLogOut) {
  const list = conversationListView(chat, store, onLogOut);
  const conversation = conversationView(chat, store);
  const element = h('div', { class: 'shell', 'data-testid': 'chat' }, list.element, conversation.element);
  const announcer = new Announcer(document.getElementById('announcer'), store);

  const route = () => {
    const { conversationId, messageId } = placeInAddress();
    element.classList.toggle('shows-conversation', !!conversationId);
    // A jump is made once: a reload opens the conversation at its end.
    if (messageId) history.replaceState(null, '', addressOf(conversationId));
    chat.open(conversationId, messageId);
  };
  const navigate = ({ conversationId, messageId }) => {
    const address = conversationId ? addressOf(conversationId, messageId) : '';
    if (location.hash !== address) location.hash = address;
  };
  const retitle = () => {
    const unread = [...store.conversations.values()].reduce((sum, each) => sum + (each.isMuted ? 0 : chat.reading.unreadIn(each)), 0);
    document.title = unread ? `(${unread}) Parley` : 'Parley';
  };

  chat.addEventListener('open', ({ detail }) => navigate(detail));
  chat.addEventListener('message', ({ detail }) => announcer.announce(detail));
  const unsubscribe = store.subscribe(['conversations'], retitle);

  return {
    element,
    start() {
      addEventListener('hashchange', route);
      route();
    },
    stop() {
      removeEventListener('hashchange', route);
      unsubscribe();
      list.stop();
      conversation.stop();
    },
  };
}

function addressOf(conversationId, messageId) {
  return `#/c/${encodeURIComponent(conversationId)}${messageId ? `/m/${encodeURIComponent(messageId)}` : ''}`;
}

function placeInAddress() {
  const match = /^#\/c\/([^/]+)(?:\/m\/([^/]+))?$/.exec(location.hash);
  const [, conversationId, messageId] = match ?? [];
  return { conversationId: conversationId ? decodeURIComponent(conversationId) : null, messageId: messageId ? decodeURIComponent(messageId) : null };
}
