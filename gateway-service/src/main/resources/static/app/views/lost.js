import { fill, h } from '../dom.js';

/** Stands where a conversation would, when the address names none that can be shown. */
export function lostView(chat, store) {
  const element = h('div', { class: 'empty nothing-open', role: 'status', 'data-testid': 'lost', hidden: true });
  return {
    element,
    render() {
      const { lost, activeId } = store;
      element.hidden = !lost;
      if (!lost) return;
      fill(element,
        h('h1', {}, lost.title),
        h('p', {}, lost.text),
        lost.isPassing ? h('button', { type: 'button', class: 'primary', 'data-testid': 'try-again', on: { click: () => chat.open(activeId) } }, 'Try again') : null,
        h('a', { class: 'link', href: '#', 'data-testid': 'way-back' }, 'Back to your conversations'));
    },
  };
}
