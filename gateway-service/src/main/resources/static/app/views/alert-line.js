import { h } from '../dom.js';

/** A line that says what went wrong; hidden while it says nothing. The test id may be left out. */
export function alertLine(testId) {
  const element = h('p', { class: 'alert', role: 'alert', 'data-testid': testId, hidden: true });
  const show = (text) => {
    element.textContent = text;
    element.hidden = !text;
  };
  return {
    element,
    show,
    /** Runs what the server may refuse, and says so here; @returns whether it was taken. */
    async attempt(task) {
      show('');
      try {
        await task();
        return true;
      } catch (failure) {
        show(failure.message);
        return false;
      }
    },
  };
}
