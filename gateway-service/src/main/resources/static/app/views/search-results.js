import { h } from '../dom.js';
import { hitLine } from './hit.js';

const PAUSE_MILLIS = 250;
const SHORTEST = 2;

/** Messages with what is looked for, under the conversations whose names match. */
export function searchResultsView(chat, store) {
  const status = h('p', { class: 'hint', role: 'status', 'data-testid': 'search-status' });
  const list = h('ul', { class: 'hits', 'data-testid': 'search-hits' });
  const more = h('button', { type: 'button', class: 'link', hidden: true, 'data-testid': 'more-search-hits', on: { click: () => load() } }, 'Show more');
  const element = h('section', { class: 'search-results', 'aria-label': 'Messages found', hidden: true }, h('h2', {}, 'Messages'), status, list, more);
  let query = '';
  let page = 0;
  let timer = null;
  let running = null;

  const load = async () => {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    more.hidden = true;
    if (page === 0) status.textContent = 'Searching…';
    try {
      const { data, meta } = await chat.searchMessages(query, page + 1, signal);
      if (signal.aborted) return;
      if (page === 0) list.replaceChildren();
      page++;
      list.append(...data.map((message) => hitLine(message, store, () => chat.show(message.conversationId, message.id), query)));
      status.textContent = list.children.length ? '' : 'No message says that.';
      more.hidden = !meta.hasMore;
    } catch (failure) {
      if (signal.aborted) return;
      status.textContent = failure.message;
      more.hidden = page === 0;
    }
  };

  return {
    element,
    look(text) {
      if (text === query) return;
      query = text;
      page = 0;
      clearTimeout(timer);
      running?.abort();
      element.hidden = query.length < SHORTEST;
      if (element.hidden) list.replaceChildren();
      else timer = setTimeout(load, PAUSE_MILLIS);
    },
    stop() {
      clearTimeout(timer);
      running?.abort();
    },
  };
}
