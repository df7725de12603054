import { h } from '../dom.js';

/** A connection that comes back at once is no news. */
const PATIENCE_MILLIS = 1_000;
const TICK_MILLIS = 1_000;
const TEXTS = {
  online: '',
  connecting: '',
  reconnecting: 'The connection is lost. What you write is sent when it is back.',
  offline: 'You are offline. What you write is sent when the connection is back.',
};

/** Over everything while there is no connection: says so, when it is tried again, and lets one not wait for that. */
export function connectionBanner(chat, store) {
  const text = h('p', { role: 'status', 'aria-live': 'polite', 'data-testid': 'connection-text' });
  // Not in the live region: nobody wants to hear the seconds.
  const next = h('span', { class: 'next-try', 'data-testid': 'next-try' });
  const now = h('button', { type: 'button', class: 'link', 'data-testid': 'try-now', on: { click: () => chat.tryToConnect() } }, 'Try now');
  const element = h('div', { class: 'connection-banner', 'data-testid': 'connection-banner' }, text, next, now);
  let shown = '';
  let timer = null;

  const tick = () => {
    const seconds = store.nextTryAt ? Math.max(1, Math.ceil((store.nextTryAt - performance.now()) / 1000)) : 0;
    next.textContent = !shown ? '' : seconds ? `Next try in ${seconds} s.` : 'Trying…';
  };
  const show = () => {
    shown = TEXTS[store.connection];
    text.textContent = shown;
    element.classList.toggle('shown', !!shown);
    next.hidden = now.hidden = !shown;
    tick();
  };
  const render = () => {
    const wanted = TEXTS[store.connection];
    clearTimeout(timer);
    if (!shown && wanted && store.connection !== 'offline') timer = setTimeout(show, PATIENCE_MILLIS);
    else show();
  };
  show();
  const clock = setInterval(tick, TICK_MILLIS);
  const unsubscribe = store.subscribe(['connection'], render);
  return {
    element,
    stop() {
      clearTimeout(timer);
      clearInterval(clock);
      unsubscribe();
    },
  };
}
