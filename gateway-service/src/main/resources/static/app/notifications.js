import { chime } from './chime.js';
import { serverNow } from './clock.js';
import { TENANT_ID } from './config.js';
import { eventOf, reasonAgainst, wordsOf } from './notice.js';
import { nameOf } from './people.js';
import { Tabs } from './tabs.js';

/** Whether this browser shows notifications of this page: `granted`, `denied`, `default` (nobody was asked), `insecure` or `missing`. */
export function permission() {
  if (!('Notification' in window)) return 'missing';
  return window.isSecureContext ? Notification.permission : 'insecure';
}

/**
 * Tells a user who does not look at the page what happens: a notification for each conversation, and a sound. It goes when it was read,
 * on whichever device. Of several tabs one does it.
 */
export class Notifications {
  #chat;
  #store;
  #tabs;
  /** What this page itself shows, by conversation id. */
  #shown = new Map();

  constructor(chat, store) {
    this.#chat = chat;
    this.#store = store;
    this.#tabs = new Tabs(`parley.tabs.${TENANT_ID}.${store.me.id}`, (id) => this.isSeen(id));
    chat.addEventListener('message', ({ detail }) => this.#tell(eventOf(detail, store.me.id)));
    chat.addEventListener('reaction', ({ detail }) => this.#tell({ kind: 'reaction', senderName: this.#nameIn(detail), ...detail }));
    chat.addEventListener('added', ({ detail }) => this.#tell({ kind: 'group-added', conversationId: detail.id }));
    chat.addEventListener('read', ({ detail }) => this.close(detail.conversationId));
  }

  start() {
    this.#tabs.start();
    this.#unsubscribe = this.#store.subscribe(['active'], this.#looked);
    document.addEventListener('visibilitychange', this.#looked);
    addEventListener('focus', this.#looked);
  }

  stop() {
    this.#tabs.stop();
    this.#unsubscribe();
    document.removeEventListener('visibilitychange', this.#looked);
    removeEventListener('focus', this.#looked);
    this.#shown.forEach((each) => each.close());
  }

  /** Who looks at the page sees there what happens, and who has a conversation on the screen sees it even while typing elsewhere. */
  isSeen(conversationId) {
    return this.#chat.reading.isAttended || (document.visibilityState === 'visible' && this.#store.activeId === conversationId);
  }

  /** Takes away what is shown of a conversation. */
  async close(conversationId) {
    this.#shown.get(conversationId)?.close();
    this.#shown.delete(conversationId);
    const worker = await registration();
    (await worker?.getNotifications({ tag: conversationId }))?.forEach((each) => each.close());
  }

  /** The user logs out: nothing of theirs stays to be read. */
  async forget() {
    const worker = await registration();
    (await worker?.getNotifications())?.forEach((each) => each.close());
  }

  #unsubscribe = () => {};

  /** What is looked at needs no notification any more. */
  #looked = () => {
    const { activeId } = this.#store;
    if (activeId && this.#chat.reading.isAttended) this.close(activeId);
  };

  async #tell(event) {
    if (!event || !this.#tabs.isFirst) return;
    const conversation = await this.#chat.conversationOf(event.conversationId);
    if (!conversation) return;
    const { me, preferences } = this.#store;
    if (reasonAgainst(event, conversation, preferences, me.id, serverNow()) || await this.#tabs.isSeen(event.conversationId)) return;
    if (preferences.soundEnabled) chime();
    if (permission() !== 'granted') return;
    const { title, body } = wordsOf(event, conversation, preferences, me.id);
    const { kind: type, conversationId, messageId, senderId } = event;
    const data = { type, conversationId, messageId, senderId, url: `/#/c/${encodeURIComponent(conversationId)}` }; // as of a push
    // Its sound is the page's own.
    await this.#show(title, { body, tag: conversationId, renotify: true, silent: true, icon: '/parley.svg', data });
  }

  /** By the service worker where there is one: so a push of the same conversation takes its place. */
  async #show(title, options) {
    const worker = await registration();
    if (worker?.active) {
      await worker.showNotification(title, options);
      return;
    }
    try {
      const notification = new Notification(title, options);
      notification.onclick = () => this.#clicked(notification);
      notification.onclose = () => this.#shown.get(options.tag) === notification && this.#shown.delete(options.tag);
      this.#shown.set(options.tag, notification);
    } catch {
      // Phones show notifications by a service worker only.
    }
  }

  #clicked(notification) {
    window.focus();
    const { conversationId, messageId } = notification.data;
    this.#chat.show(conversationId, messageId);
    notification.close();
  }

  #nameIn({ conversationId, senderId }) {
    const { participants } = this.#store.conversations.get(conversationId) ?? {};
    return nameOf(participants?.find(({ userId }) => userId === senderId)?.user);
  }
}

async function registration() {
  return navigator.serviceWorker?.getRegistration('/');
}
