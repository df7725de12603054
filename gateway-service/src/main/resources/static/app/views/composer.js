import { h } from '../dom.js';
import { icon } from '../icons.js';

/** Where a message is written. Enter sends, Shift+Enter starts a line; each conversation keeps its own draft. */
export function composerView(chat, store) {
  const drafts = new Map();
  let conversationId = null;

  const input = h('textarea', {
    rows: '1', placeholder: 'Write a message', 'aria-label': 'Message', 'data-testid': 'composer', enterkeyhint: 'send', dir: 'auto',
    'aria-keyshortcuts': 'Enter', on: { input: () => typed(), keydown: (event) => pressed(event) },
  });
  const sendButton = h('button', { class: 'send', 'aria-label': 'Send', title: 'Send', 'data-testid': 'send', disabled: true }, icon('send'));
  const element = h('form', { class: 'composer', on: { submit: (event) => submit(event) } }, input, sendButton);

  const refresh = () => {
    sendButton.disabled = !input.value.trim();
    // Grown by script where the browser cannot do it by style (`field-sizing`).
    if (!CSS.supports('field-sizing', 'content')) {
      input.style.height = 'auto';
      input.style.height = `${input.scrollHeight}px`;
    }
  };
  const typed = () => {
    drafts.set(conversationId, input.value);
    refresh();
    if (input.value.trim()) chat.typed(conversationId);
  };
  const pressed = (event) => {
    // While an input method composes, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    element.requestSubmit();
  };
  const submit = (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    chat.send(conversationId, text);
    input.value = '';
    drafts.delete(conversationId);
    refresh();
    input.focus();
  };

  return {
    element,
    show(id) {
      conversationId = id;
      input.value = drafts.get(id) ?? '';
      refresh();
      // On a touch screen focus would raise the keyboard over what one came to read.
      if (matchMedia('(pointer: fine)').matches) input.focus();
    },
  };
}
