/**
 * The history as one tab stop: up and down, page and end keys go from message to message, right and left to what stands in a
 * message, Escape back to it, Enter opens its menu.
 *
 * @param {{list: Element, scroller: Element, rows: import('./long-row-list.js').LongRowList, toEnd: () => void}} parts
 */
export function messageKeys({ list, scroller, rows, toEnd }) {
  let stop = null; // the row that the tab key leads to

  const messages = () => rows.rows.filter(({ entry }) => entry);
  const setStop = (row) => {
    if (stop === row) return;
    stop?.element.setAttribute('tabindex', '-1');
    stop = row ?? null;
    stop?.element.setAttribute('tabindex', '0');
  };
  const goTo = (row) => {
    if (!row) return;
    setStop(row);
    row.element.focus({ preventScroll: true });
    const [frame, box] = [scroller.getBoundingClientRect(), row.element.getBoundingClientRect()];
    if (box.top < frame.top) scroller.scrollTop += box.top - frame.top;
    else if (box.bottom > frame.bottom) scroller.scrollTop += Math.min(box.bottom - frame.bottom, box.top - frame.top);
  };
  /** A page further, but never past the last row that is seen there. */
  const aPageFrom = (row, sign) => {
    const all = messages();
    const at = all.indexOf(row);
    const { top } = row.element.getBoundingClientRect();
    let to = at;
    while (all[to + sign] && Math.abs(all[to + sign].element.getBoundingClientRect().top - top) < scroller.clientHeight) to += sign;
    return all[to === at ? Math.max(0, Math.min(all.length - 1, at + sign)) : to];
  };
  const steps = {
    ArrowUp: (row, all) => all[all.indexOf(row) - 1],
    ArrowDown: (row, all) => all[all.indexOf(row) + 1],
    PageUp: (row) => aPageFrom(row, -1),
    PageDown: (row) => aPageFrom(row, 1),
    Home: (row, all) => all[0],
    End: (row, all) => {
      toEnd();
      return all.at(-1);
    },
  };
  const pressed = (event) => {
    const row = rows.rowOf(event.target);
    if (!row?.entry || event.altKey || event.ctrlKey || event.metaKey) return;
    const isOnRow = event.target === row.element;
    if (steps[event.key]) {
      event.preventDefault();
      goTo(steps[event.key](row, messages()));
    } else if (ownKeys(event.target)) {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      row.element.focus();
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      event.preventDefault();
      within(row.element, event.target, event.key === 'ArrowRight' ? 1 : -1)?.focus();
    } else if (event.key === 'Escape' && !isOnRow) {
      event.stopPropagation();
      row.element.focus();
    } else if (isOnRow && !row.entry.local && (event.key === 'Enter' || event.key === ' ' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) {
      const menu = row.element.querySelector('[data-testid=message-menu]');
      if (!menu) return;
      event.preventDefault();
      menu.click();
    }
  };
  list.addEventListener('keydown', pressed);
  list.addEventListener('focusin', (event) => setStop(rows.rowOf(event.target)));

  return {
    /** The rows were drawn, or others are seen: the tab key leads to the last one that is seen, unless somebody is in the list. */
    settle(lastSeen) {
      if (list.contains(document.activeElement) && stop?.element.isConnected) return;
      setStop(lastSeen?.entry ? lastSeen : messages().at(-1));
    },
  };
}

const CONTROLS = 'a[href], button, input, video';

/** What comes next to a control of a row, or to the row itself. */
function within(element, from, sign) {
  const all = [element, ...element.querySelectorAll(CONTROLS)].filter((each) => !each.disabled);
  return all[all.indexOf(from.closest(CONTROLS) ?? element) + sign];
}

/** A slider and a film go back and forth by the arrow keys themselves; Escape leads from them to their message. */
function ownKeys(target) {
  return target.matches('input, video');
}
