/*
 * The service worker of the web client: it shows the platform's pushes while no page is looked at, and leads a click on one to its
 * message. It keeps no page and answers no request.
 */

/** A page that is there answers at once; one that the browser has put to sleep does not. */
const ANSWER_MILLIS = 500;
const MEMORY = 'parley-push';

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('message', ({ data }) => data?.type === 'subscribed' && remember(data.known));
addEventListener('push', (event) => event.waitUntil(pushed(contentOf(event.data))));
addEventListener('notificationclick', (event) => event.waitUntil(clicked(event.notification)));
addEventListener('pushsubscriptionchange', (event) => event.waitUntil(subscribeAgain(event)));

async function pushed(push) {
  if (!push?.conversationId) return;
  const { type, conversationId, messageId, senderId, title, body, tag, url, sound, sentAt, badge } = push;
  mark(badge);
  const shown = await registration.getNotifications({ tag });
  if (type === 'read') {
    shown.forEach((each) => each.close());
    return;
  }
  if (await isSeen(conversationId)) return;
  // What comes twice, or what a page has shown already, is shown anew without a sound.
  const isNew = !shown.some(({ data }) => data?.type === type && data.messageId === messageId && data.senderId === senderId);
  await registration.showNotification(title, {
    body, tag, renotify: isNew, silent: !isNew || sound === false, timestamp: Date.parse(sentAt) || Date.now(), icon: '/parley.svg',
    data: { type, conversationId, messageId, senderId, url },
  });
}

function contentOf(data) {
  try {
    return data?.json();
  } catch {
    return null; // nothing of ours
  }
}

/** At the icon of an installed application. */
function mark(count) {
  if (typeof count !== 'number' || !navigator.setAppBadge) return;
  (count ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => {});
}

/** Whether the user sees in a page what happens in the conversation. */
async function isSeen(conversationId) {
  const visible = (await pages()).filter(({ visibilityState }) => visibilityState === 'visible');
  return (await Promise.all(visible.map((page) => ask(page, { type: 'is-seen', conversationId })))).includes(true);
}

/** In a page of the user who is in the conversation, if one is open; else in a new one. */
async function clicked(notification) {
  notification.close();
  const { conversationId, messageId, url } = notification.data ?? {};
  for (const page of await pages()) {
    if (await ask(page, { type: 'open', conversationId, messageId })) {
      await page.focus().catch(() => {}); // the browser keeps its window where it is
      return;
    }
  }
  await clients.openWindow(await addressOf(url, messageId));
}

/** The last used one first; also those that were there before this worker. */
function pages() {
  return clients.matchAll({ type: 'window', includeUncontrolled: true });
}

function ask(page, question) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data === true);
    setTimeout(resolve, ANSWER_MILLIS, false);
    page.postMessage(question, [port2]);
  });
}

/** On this platform, whatever the push says, and with what the page's own address said of the tenant. */
async function addressOf(url, messageId) {
  const { search = '' } = await remembered();
  const { hash } = new URL(url ?? '/', location.origin);
  return `/${search}${hash}${hash && messageId ? `/m/${encodeURIComponent(messageId)}` : ''}`;
}

/** Only a page is signed in, so only a page can tell the platform: one that is open now, or the next one. */
async function subscribeAgain({ oldSubscription, newSubscription }) {
  const key = oldSubscription?.options.applicationServerKey ?? (await remembered()).key;
  if (!newSubscription && key) await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  (await pages()).forEach((page) => page.postMessage({ type: 'subscription-changed' }));
}

/** A worker is ended and started again at any time: what it is to know is kept. */
async function remember(known) {
  await (await caches.open(MEMORY)).put('/known', new Response(JSON.stringify(known)));
}

async function remembered() {
  const known = await caches.match('/known', { cacheName: MEMORY });
  return known ? known.json() : {};
}
