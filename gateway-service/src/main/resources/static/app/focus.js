import { focusable } from './dom.js';

/** So many neighbours are remembered on each side: those nearby may go as well. */
const NEIGHBOURS = 5;
const PLACES = ['composer', 'conversation', 'filter', 'new-chat'];

/**
 * Remembers what has the focus, and where it stands.
 *
 * @returns {() => void} gives the focus back; if the element is gone, to its neighbour in the list that it stood in, or to where one goes on
 */
export function rememberFocus(element = document.activeElement) {
  const item = element?.closest('li');
  const neighbours = item ? [...siblings(item, 'nextElementSibling'), ...siblings(item, 'previousElementSibling')] : [];
  const dialog = element?.closest('dialog');
  const places = () => [focusable(dialog), ...PLACES.map((testId) => document.querySelector(`[data-testid=${testId}]`))];
  return () => {
    const candidates = [element, ...neighbours.map(focusable), ...places()];
    candidates.find((each) => each && each !== document.body && each.checkVisibility())?.focus({ preventScroll: true });
  };
}

/** Whether nothing has the focus, or only what cannot be seen. */
export function isFocusLost() {
  const { activeElement } = document;
  return !activeElement || activeElement === document.body || !activeElement.checkVisibility();
}

function siblings(item, next) {
  const found = [];
  for (let each = beside(item, next); each && found.length < NEIGHBOURS; each = beside(each, next)) found.push(each);
  return found;
}

/** A long list stands in pieces. */
function beside(item, next) {
  const end = next === 'nextElementSibling' ? 'firstElementChild' : 'lastElementChild';
  return item[next] ?? (item.parentElement?.matches('.piece') ? item.parentElement[next]?.[end] : null);
}
