import { h } from '../dom.js';
import { Announcer } from './announcer.js';
import { conversationListView } from './conversation-list.js';
import { conversationView } from './conversation.js';

/** The two panes of the signed-in page. The open conversation is in the address (`#/c/<id>`), so "back" and a reload work. */
export function shellView(chat, store, onLogOut) {
  const list = conversationListView(chat, store, onLogOut);
  const conversation = conversationView(chat, store);
  const element = h('div', { class: 'shell', 'data-testid': 'chat' }, list.element, conversation.element);
  const announcer = new Announcer(document.getElementById('announcer'), store);

  const route = () => {
    const id = idInAddress();
    element.classList.toggle('shows-conversation', !!id);
    chat.open(id);
  };
  const navigate = (id) => {
    if (id !== idInAddress()) location.hash = id ? `#/c/${encodeURIComponent(id)}` : '';
  };
  const retitle = () => {
    const unread = [...store.conversations.values()].filter((each) => chat.isUnread(each)).length;
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

function idInAddress() {
  const match = /^#\/c\/(.+)$/.exec(location.hash);
  return match ? decodeURIComponent(match[1]) : null;
}
