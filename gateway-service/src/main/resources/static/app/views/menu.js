import { h } from '../dom.js';
import { rememberFocus } from '../focus.js';
import { icon } from '../icons.js';

let closeOpen = () => {};

/**
 * A small menu at an element. It closes when something is chosen, by Escape, and by a click beside it, and stays at
 * its element when the page moves.
 *
 * @param {Array<{label: string, icon: string, testId: string, act: () => void, isDanger?: boolean}>} items
 * @param {{symbols?: string[], onSymbol?: (symbol: string) => void, label: string}} options a row of symbols above the items
 */
export function openMenu(anchor, items, { symbols = [], onSymbol, label }) {
  closeOpen();
  const refocus = rememberFocus(anchor);
  const choose = (act) => () => {
    close();
    act();
  };
  const row = symbols.length === 0 ? null : h('div', { class: 'menu-symbols', role: 'none' }, symbols.map((symbol) =>
    h('button', { type: 'button', role: 'menuitem', 'aria-label': `React with ${symbol}`, 'data-testid': 'emoji', 'data-emoji': symbol,
      on: { click: choose(() => onSymbol(symbol)) } }, symbol)));
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': label, 'data-testid': 'menu', on: { keydown: (event) => pressed(event) } },
    row,
    items.map((item) => h('button', {
      type: 'button', role: 'menuitem', class: item.isDanger ? 'menu-item danger' : 'menu-item', 'data-testid': item.testId, on: { click: choose(item.act) },
    }, icon(item.icon), item.label)));

  const close = () => {
    menu.remove();
    removeEventListener('pointerdown', outside, true);
    removeEventListener('scroll', follow, true);
    removeEventListener('resize', follow);
    closeOpen = () => {};
    refocus();
  };
  const follow = () => anchor.isConnected && place(menu, anchor.getBoundingClientRect());
  const outside = (event) => !menu.contains(event.target) && close();
  const pressed = (event) => {
    const buttons = [...menu.querySelectorAll('button')];
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (steps[event.key]) {
      event.preventDefault();
      const at = buttons.indexOf(document.activeElement);
      buttons[(at + steps[event.key] + buttons.length) % buttons.length].focus();
    }
  };

  // A modal dialog makes everything outside of it inert: a menu of something in it stands in it.
  anchor.closest('dialog, main').append(menu);
  place(menu, anchor.getBoundingClientRect());
  menu.querySelector('button')?.focus({ preventScroll: true });
  addEventListener('pointerdown', outside, true);
  addEventListener('scroll', follow, true);
  addEventListener('resize', follow);
  closeOpen = close;
}

const GAP = 6;

/** Below the anchor or, where there is no room, above it; always on the page. */
function place(menu, anchor) {
  const { width, height } = menu.getBoundingClientRect();
  const left = anchor.left + width + GAP > innerWidth ? anchor.right - width : anchor.left;
  const top = anchor.bottom + GAP + height > innerHeight ? anchor.top - GAP - height : anchor.bottom + GAP;
  menu.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
  menu.style.top = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`;
}
