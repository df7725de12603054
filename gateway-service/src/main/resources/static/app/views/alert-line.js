import { h } from '../dom.js';

/** A line that says what went wrong; hidden while it says nothing. The test id may be left out. */
export function alertLine(testId) {
  const element = h('p', { class: 'alert', role: 'alert', 'data-testid': testId, hidden: true });
  return {
    element,
    show(text) {
      element.textContent = text;
      element.hidden = !text;
    },
  };
}
