import { TENANT_ID } from './config.js';
import { deviceId } from './device.js';
import { permission } from './notifications.js';

const WORKER = '/sw.js';
/** A browser has one subscription for a site: this names the user whose it is. */
const OWNER = 'parley.push';

/** Why the user cannot be pushed to in this browser, or whether that is so now. */
export const PushState = { ON: 'on', OFF: 'off', DENIED: 'denied', INSECURE: 'insecure', MISSING: 'missing', NOT_OFFERED: 'not-offered' };

/**
 * Pushes to this browser, which come also while no page is open. The user switches them on; then they are renewed with each start, until
 * they are switched off or the user logs out.
 *
 * Fires `change` when `state` may be another.
 */
export class Push extends EventTarget {
  #api;
  #chat;
  #store;
  #me;
  #isRegistered = false;
  #unsubscribe = () => {};

  /** @param {(conversationId: string) => boolean} isSeen whether the user sees in this page what happens in a conversation */
  constructor(api, chat, store, isSeen) {
    super();
    this.#api = api;
    this.#chat = chat;
    this.#store = store;
    this.#me = `${TENANT_ID} ${store.me.id}`;
    this.isSeen = isSeen;
  }

  start() {
    navigator.serviceWorker?.addEventListener('message', this.#heard);
    navigator.serviceWorker?.startMessages();
    this.#unsubscribe = this.#store.subscribe(['config', 'connection'], () => this.#renew());
    this.#renew();
  }

  stop() {
    navigator.serviceWorker?.removeEventListener('message', this.#heard);
    this.#unsubscribe();
  }

  get state() {
    const allowed = permission();
    if (allowed === 'insecure' || allowed === 'denied') return allowed;
    if (allowed === 'missing' || !navigator.serviceWorker || !window.PushManager) return PushState.MISSING;
    if (!this.#store.config.vapidPublicKey) return PushState.NOT_OFFERED;
    return allowed === 'granted' && this.#isOwner ? PushState.ON : PushState.OFF;
  }

  /** Asks the browser's user first. Fails with a sentence for the user; then it is off. */
  async switchOn() {
    if ((await Notification.requestPermission()) !== 'granted') throw new Error('This browser was not allowed to show notifications.');
    try {
      await this.#register();
      localStorage.setItem(OWNER, this.#me);
    } catch (failure) {
      await unsubscribe();
      // Of the browser's own failures only the name says anything.
      throw failure instanceof DOMException ? new Error(`This browser could not reach its push service (${failure.name}).`) : failure;
    } finally {
      this.dispatchEvent(new Event('change'));
    }
  }

  async switchOff() {
    await this.#api.removeDevice(deviceId());
    await this.forget();
    this.dispatchEvent(new Event('change'));
  }

  /** Nothing comes here for this user any more, even if the server cannot be told. */
  async forget() {
    if (!this.#isOwner) return;
    localStorage.removeItem(OWNER);
    this.#isRegistered = false;
    await unsubscribe();
  }

  get #isOwner() {
    return localStorage.getItem(OWNER) === this.#me;
  }

  /** Once for each page: a subscription ends or changes without a word. A failure is tried again with the next connect. */
  async #renew() {
    if (this.#isRegistered || this.state !== PushState.ON || this.#store.connection !== 'online') return;
    this.#isRegistered = true;
    try {
      await this.#register();
    } catch {
      this.#isRegistered = false;
    }
  }

  async #register() {
    const key = this.#store.config.vapidPublicKey;
    await navigator.serviceWorker.register(WORKER);
    const { pushManager, active } = await navigator.serviceWorker.ready;
    const known = await pushManager.getSubscription();
    const isFresh = known && encoded(known.options.applicationServerKey) === key;
    if (known && !isFresh) await known.unsubscribe();
    const subscription = isFresh ? known : await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    active.postMessage({ type: 'subscribed', known: { search: location.search, key } });
    await this.#api.registerDevice({
      deviceId: deviceId(), platform: 'web', provider: 'web-push', locale: navigator.language,
      endpoint: subscription.endpoint, p256dh: encoded(subscription.getKey('p256dh')), auth: encoded(subscription.getKey('auth')),
    });
    this.#isRegistered = true;
  }

  /** What the service worker asks. */
  #heard = ({ data, ports: [port] }) => {
    const { type, conversationId, messageId } = data ?? {};
    const isMine = this.#store.conversations.has(conversationId);
    if (type === 'is-seen') port.postMessage(isMine && this.isSeen(conversationId));
    if (type === 'open') {
      if (isMine) this.#chat.show(conversationId, messageId);
      port.postMessage(isMine);
    }
    if (type === 'subscription-changed') {
      this.#isRegistered = false;
      this.#renew();
    }
  };
}

async function unsubscribe() {
  const worker = await navigator.serviceWorker?.getRegistration('/');
  await (await worker?.pushManager?.getSubscription())?.unsubscribe();
}

/** Base64url without padding, as the server writes its key. */
function encoded(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer ?? []))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
