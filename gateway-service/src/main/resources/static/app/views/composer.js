import { h } from '../dom.js';
import { icon } from '../icons.js';
import { isAdminOf, nameOf, previewOf } from '../people.js';

/**
 * Where a message is written. Enter sends, Shift+Enter starts a line, Escape ends a reply or an edit, and the arrow up in an
 * empty field edits the last message. Each conversation keeps its own draft.
 */
export function composerView(chat, store) {
  const drafts = new Map();
  let conversationId = null;
  let shownDrafting = null;

  const input = h('textarea', {
    rows: '1', placeholder: 'Write a message', 'aria-label': 'Message', 'data-testid': 'composer', enterkeyhint: 'send', dir: 'auto',
    'aria-keyshortcuts': 'Enter', on: { input: () => typed(), keydown: (event) => pressed(event) },
  });
  const sendButton = h('button', { class: 'send', 'aria-label': 'Send', title: 'Send', 'data-testid': 'send', disabled: true }, icon('send'));
  const about = h('div', { class: 'about', 'data-testid': 'about', hidden: true });
  const problem = h('p', { class: 'problem', role: 'alert', 'data-testid': 'problem', hidden: true });
  const form = h('form', { class: 'composer', on: { submit: (event) => submit(event) } }, input, sendButton);
  const closed = h('p', { class: 'closed', 'data-testid': 'closed', hidden: true });
  const element = h('footer', { class: 'compose-area' }, problem, about, form, closed);

  const refresh = () => {
    sendButton.disabled = !input.value.trim();
    // Grown by script where the browser cannot do it by style (`field-sizing`).
    if (!CSS.supports('field-sizing', 'content')) {
      input.style.height = 'auto';
      input.style.height = `${input.scrollHeight}px`;
    }
  };
  const write = (text) => {
    input.value = text;
    refresh();
  };
  const typed = () => {
    if (!isEditing()) drafts.set(conversationId, input.value);
    refresh();
    if (input.value.trim()) chat.typed(conversationId);
  };
  const drafting = () => store.drafting.get(conversationId) ?? null;
  const isEditing = () => drafting()?.mode === 'edit';
  const pressed = (event) => {
    if (event.key === 'Escape' && drafting()) {
      store.draftAbout(conversationId, null);
    } else if (event.key === 'ArrowUp' && !input.value) {
      const last = store.activeTimeline?.entries.findLast((entry) => !entry.local && entry.status !== 'deleted' && chat.actions.mayEdit(entry));
      if (last) {
        event.preventDefault();
        chat.actions.beginEdit(last);
      }
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { // while an input method composes, Enter belongs to it
      event.preventDefault();
      form.requestSubmit();
    }
  };
  const submit = async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    const { mode, message } = drafting() ?? {};
    const id = conversationId;
    if (mode === 'edit') {
      sendButton.disabled = true;
      if (await chat.actions.edit(message, text)) store.draftAbout(id, null);
      refresh();
    } else {
      store.setProblem('');
      chat.send(id, text, message);
      drafts.delete(id);
      store.draftAbout(id, null);
      write('');
    }
    input.focus();
  };

  const renderAbout = () => {
    const now = drafting();
    if (now === shownDrafting) return;
    const wasEditing = shownDrafting?.mode === 'edit';
    shownDrafting = now;
    about.hidden = !now;
    if (isEditing()) write(now.message.content?.text ?? '');
    else if (wasEditing) write(drafts.get(conversationId) ?? '');
    if (!now) return;
    about.replaceChildren(
      icon(now.mode === 'edit' ? 'compose' : 'reply'),
      h('span', { class: 'about-text' },
        h('span', { class: 'quote-name' }, now.mode === 'edit' ? 'Edit message' : `Reply to ${nameOf(now.message.sender)}`),
        h('span', { class: 'quote-text', dir: 'auto' }, previewOf(now.message))),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Cancel', title: 'Cancel', 'data-testid': 'cancel-about',
        on: { click: () => store.draftAbout(conversationId, null) } }, icon('close')));
    input.focus();
  };
  const renderProblem = () => {
    problem.textContent = store.problem;
    problem.hidden = !store.problem;
  };
  const renderClosed = () => {
    const why = store.active ? whyClosed(store.active, store.me.id) : '';
    closed.textContent = why;
    closed.hidden = !why;
    form.hidden = !!why;
    if (why) about.hidden = true;
  };
  const unsubscribe = [
    store.subscribe(['drafting'], renderAbout),
    store.subscribe(['problem'], renderProblem),
    store.subscribe(['conversations', 'active'], renderClosed),
  ];

  return {
    element,
    show(id) {
      conversationId = id;
      shownDrafting = null;
      write(drafts.get(id) ?? '');
      about.hidden = true;
      renderAbout();
      renderProblem();
      renderClosed();
      // On a touch screen focus would raise the keyboard over what one came to read.
      if (matchMedia('(pointer: fine)').matches) input.focus();
    },
    stop() {
      unsubscribe.forEach((end) => end());
    },
  };
}

/** Empty if the user may write. */
function whyClosed(conversation, meId) {
  if (conversation.conversationType !== 'group') return '';
  if (conversation.isActive === false) return 'You are not in this group any more.';
  return conversation.settings?.onlyAdminsCanMessage && !isAdminOf(conversation, meId) ? 'Only admins can write here.' : '';
}
