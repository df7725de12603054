import { h } from '../dom.js';
import { openDialog } from './dialog.js';

/**
 * A list in a dialog, loaded page by page as one asks for more.
 *
 * @param {{list: string, more: string}} testIds of the list and of the button for more
 * @param {(page: number) => Promise<{data: object[], hasMore: boolean}>} load pages from 1
 * @param {(item: object, dialog: HTMLDialogElement) => Element} line
 */
export function pagedDialog(title, testId, { testIds, nothing, load, line }) {
  const status = h('p', { class: 'hint', role: 'status' }, 'Loading…');
  const list = h('ul', { class: 'hits', 'data-testid': testIds.list });
  const more = h('button', { type: 'button', class: 'link', hidden: true, 'data-testid': testIds.more, on: { click: () => next() } }, 'Show more');
  const dialog = openDialog(title, testId, status, list, more);
  let page = 0;
  const next = async () => {
    more.hidden = true;
    try {
      const { data, hasMore } = await load(page + 1);
      page++;
      list.append(...data.map((item) => line(item, dialog)));
      status.textContent = list.children.length ? '' : nothing;
      more.hidden = !hasMore;
    } catch (failure) {
      status.textContent = failure.message;
      more.hidden = false;
    }
    status.hidden = !status.textContent;
  };
  next();
}
