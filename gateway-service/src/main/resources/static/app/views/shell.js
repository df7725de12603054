import { h } from '../dom.js';
import { isFocusLost } from '../focus.js';
import { markUnread } from '../unread-mark.js';
import { Announcer } from './announcer.js';
import { connectionBanner } from './connection-banner.js';
import { conversationListView } from './conversation-list.js';
import { conversationView } from './conversation.js';

/** The two panes of the signed-in page. The open conversation is in the address (`#/c/<id>`, `#/c/<id>/m/<message id>`), so "back" and a reload work. */
export function shellView(chat, store, session, push) {
  const banner = connectionBanner(chat, store);
  const list = conversationListView(chat, store, session, push);
  const conversation = conversationView(chat, store);
  const element = h('main', { class: 'shell', 'data-testid': 'chat' }, banner.element, list.element, conversation.element);
  const announcer = new Announcer(document.getElementById('announcer'), store);

  const route = () => {
    const place = placeInAddress();
    const { conversationId, messageId } = place ?? {};
    const left = store.activeId;
    element.classList.toggle('shows-conversation', !place || !!conversationId);
    if (!place) {
      chat.openNowhere();
      return;
    }
    // A jump is made once: a reload opens the conversation at its end.
    if (messageId) history.replaceState(null, '', addressOf(conversationId));
    chat.open(conversationId, messageId);
    if (left && !conversationId && isFocusLost()) list.focus(left);
  };
  const navigate = ({ conversationId, messageId }) => {
    const address = conversationId ? addressOf(conversationId, messageId) : '';
    if (location.hash !== address) location.hash = address;
  };
  const renewPicture = ({ detail }) => chat.renewals.picture(detail);
  const retitle = () => {
    const unread = [...store.conversations.values()].reduce((sum, each) => sum + (each.isMuted ? 0 : chat.reading.unreadIn(each)), 0);
    markUnread(unread);
  };

  chat.addEventListener('open', ({ detail }) => navigate(detail));
  chat.addEventListener('message', ({ detail }) => announcer.announce(detail));
  const unsubscribe = store.subscribe(['conversations'], retitle);

  return {
    element,
    start() {
      addEventListener('hashchange', route);
      addEventListener('picture-lost', renewPicture);
      route();
    },
    stop() {
      removeEventListener('hashchange', route);
      removeEventListener('picture-lost', renewPicture);
      unsubscribe();
      banner.stop();
      list.stop();
      conversation.stop();
    },
  };
}

function addressOf(conversationId, messageId) {
  return `#/c/${encodeURIComponent(conversationId)}${messageId ? `/m/${encodeURIComponent(messageId)}` : ''}`;
}

/** @returns what the address names, `{conversationId, messageId}`, each null for none; null if it is no address of this page */
function placeInAddress() {
  if (/^(#\/?)?$/.test(location.hash)) return { conversationId: null, messageId: null };
  const match = /^#\/c\/([^/]+)(?:\/m\/([^/]+))?$/.exec(location.hash);
  try {
    return match && { conversationId: decodeURIComponent(match[1]), messageId: match[2] ? decodeURIComponent(match[2]) : null };
  } catch {
    return null; // broken percent-encoding
  }
}
