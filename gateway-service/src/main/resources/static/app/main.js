import { Api } from './api.js';
import { Chat } from './chat.js';
import { TENANT_ID } from './config.js';
import { Drafts } from './drafts.js';
import { KeptFiles } from './kept-files.js';
import { Notifications } from './notifications.js';
import { Push } from './push.js';
import { Session } from './session.js';
import { ChatSocket } from './socket.js';
import { Store } from './store.js';
import { markUnread } from './unread-mark.js';
import { Unsent } from './unsent.js';
import { Uploads } from './uploads.js';
import { shellView } from './views/shell.js';
import { signInView } from './views/sign-in.js';

const page = document.getElementById('app');
const session = new Session(TENANT_ID);
let leave = () => {};

function showSignIn(notice) {
  leave({ forget: !notice });
  leave = () => {};
  markUnread(0);
  page.replaceChildren(signInView(session, notice, showChat));
}

function showChat() {
  const store = new Store();
  store.me = session.user;
  const api = new Api(session);
  const uploads = new Uploads(api, session, new KeptFiles(TENANT_ID, store.me.id), store);
  const chat = new Chat(api, new ChatSocket(session), store, new Unsent(TENANT_ID, store.me.id), new Drafts(TENANT_ID, store.me.id), uploads);
  const notifications = new Notifications(chat, store);
  const push = new Push(api, chat, store, (conversationId) => notifications.isSeen(conversationId));
  const shell = shellView(chat, store, session, push);
  page.replaceChildren(shell.element);
  const profileChanged = () => chat.profiles.changed(session.user);
  session.addEventListener('profile', profileChanged);
  chat.start();
  notifications.start();
  push.start();
  shell.start();
  leave = ({ forget }) => {
    shell.stop();
    notifications.stop();
    push.stop();
    chat.stop();
    session.removeEventListener('profile', profileChanged);
    if (forget) {
      chat.forget();
      push.forget();
      notifications.forget();
    }
    // Whoever only has to sign in again goes on where they were.
    if (forget && location.hash) history.replaceState(null, '', location.pathname + location.search);
  };
}

session.addEventListener('signed-out', ({ detail }) => showSignIn(detail.notice));
if (session.user) showChat();
else showSignIn('');
sessionStorage.removeItem('parley.load-tries');
