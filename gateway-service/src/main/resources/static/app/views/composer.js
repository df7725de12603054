import { h } from '../dom.js';
import { icon } from '../icons.js';
import { isComposing } from '../input-method.js';
import { isAdminOf, nameOf, previewOf } from '../people.js';
import { canRecord } from '../recorder.js';
import { charactersLeft } from '../text-limit.js';
import { dropTarget } from './drop-target.js';
import { trayView } from './tray.js';
import { voiceView } from './voice.js';

/**
 * Where a message is written, and its files are picked, pasted or dropped. Enter sends, Shift+Enter starts a line, Escape ends a reply or an
 * edit, and the arrow up in an empty field edits the last message. Each conversation keeps its own draft, in all tabs.
 *
 * @param {Element} pane where files may be dropped
 */
export function composerView(chat, store, pane) {
  const { drafts } = chat;
  let conversationId = null;
  let shownDrafting = null;
  /** The new message under way; the field may show an edit instead. */
  let plain = '';

  const input = h('textarea', {
    rows: '1', placeholder: 'Write a message', 'aria-label': 'Message', 'aria-describedby': 'characters-left', 'data-testid': 'composer',
    enterkeyhint: 'send', dir: 'auto', 'aria-keyshortcuts': 'Enter', on: { input: () => typed(), keydown: (event) => pressed(event), paste: (event) => pasted(event) },
  });
  const picker = h('input', { type: 'file', multiple: true, hidden: true, 'aria-label': 'Files', 'data-testid': 'pick-files', on: { change: () => picked() } });
  const attachButton = h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Attach files', title: 'Attach files', 'data-testid': 'attach',
    on: { click: () => picker.click() } }, icon('clip'));
  const voiceButton = h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Record a voice message', title: 'Record a voice message', 'data-testid': 'record',
    hidden: true, on: { click: () => voice.start() } }, icon('mic'));
  const tray = trayView(chat);
  const voice = voiceView(store, {
    begun: () => {
      store.setProblem('');
      renderClosed();
    },
    ended: () => {
      renderClosed();
      voiceButton.focus();
    },
    send: ({ file, ...known }) => sendVoice(file, known),
    fail: (text) => store.setProblem(text),
  });
  const sendButton = h('button', { class: 'send', 'aria-label': 'Send', title: 'Send', 'data-testid': 'send', disabled: true }, icon('send'));
  const about = h('div', { class: 'about', 'data-testid': 'about', hidden: true });
  const problem = h('p', { class: 'problem', role: 'alert', 'data-testid': 'problem', hidden: true });
  const left = h('p', { class: 'characters-left', id: 'characters-left', 'data-testid': 'characters-left', hidden: true });
  const tooLong = h('p', { class: 'problem', role: 'alert', 'data-testid': 'too-long', hidden: true });
  const form = h('form', { class: 'composer', on: { submit: (event) => submit(event) } }, picker, attachButton, input, voiceButton, sendButton);
  const closed = h('p', { class: 'closed', 'data-testid': 'closed', hidden: true });
  const element = h('footer', { class: 'compose-area' }, problem, tooLong, about, tray.element, form, voice.element, left, closed);

  const drafting = () => store.drafting.get(conversationId) ?? null;
  const isEditing = () => drafting()?.mode === 'edit';
  const files = () => (isEditing() ? [] : chat.attaching.of(conversationId));
  const mayAttach = () => !!store.active && !whyClosed(store.active) && !isEditing();
  const save = () => {
    const now = drafting();
    drafts.put(conversationId, { text: plain, about: now && { mode: now.mode, message: now.message, text: isEditing() ? input.value : undefined } });
  };
  const refresh = () => {
    const remaining = charactersLeft(input.value, store.config.maxTextLength);
    const isTooLong = remaining !== null && remaining < 0;
    const attached = files();
    const isEmpty = !input.value.trim() && attached.length === 0;
    // A file that failed would be left out without a word: it is tried again, or taken away, first.
    sendButton.disabled = isEmpty || isTooLong || attached.some(({ state }) => state === 'failed');
    attachButton.disabled = isEditing();
    voiceButton.hidden = !canRecord || !isEmpty || isEditing();
    left.hidden = remaining === null;
    left.textContent = remaining === null ? '' : isTooLong ? `${-remaining} too many` : `${remaining} left`;
    left.classList.toggle('too-many', isTooLong);
    if (isTooLong === tooLong.hidden) tooLong.textContent = isTooLong ? `A message may have ${store.config.maxTextLength} characters. Shorten it to send it.` : '';
    tooLong.hidden = !isTooLong;
    input.setAttribute('aria-invalid', String(isTooLong));
    // Grown by script where the browser cannot do it by style (`field-sizing`).
    if (!CSS.supports('field-sizing', 'content')) {
      input.style.height = 'auto';
      input.style.height = `${input.scrollHeight}px`;
    }
  };
  const write = (text) => {
    if (input.value !== text) input.value = text;
    refresh();
  };
  const typed = () => {
    if (!isEditing()) plain = input.value;
    save();
    refresh();
    if (input.value.trim()) chat.typed(conversationId);
    else chat.stoppedTyping();
  };
  const pressed = (event) => {
    if (isComposing(event)) return;
    if (event.key === 'Escape' && drafting()) {
      store.draftAbout(conversationId, null);
    } else if (event.key === 'ArrowUp' && !input.value) {
      const last = store.activeTimeline?.entries.findLast((entry) => !entry.local && entry.status !== 'deleted' && chat.actions.mayEdit(entry));
      if (last) {
        event.preventDefault();
        chat.actions.beginEdit(last);
      }
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (!sendButton.disabled) form.requestSubmit();
    }
  };
  const submit = async (event) => {
    event.preventDefault();
    const text = input.value.trim() ? input.value : '';
    const { mode, message } = drafting() ?? {};
    const id = conversationId;
    if (mode === 'edit') {
      sendButton.disabled = true;
      if (await chat.actions.edit(message, text)) store.draftAbout(id, null);
      refresh();
    } else {
      store.setProblem('');
      chat.send(id, text, message, files().map(({ id: uploadId }) => uploadId));
      plain = '';
      write('');
      store.draftAbout(id, null);
      save();
    }
    input.focus();
  };

  const attach = (chosen) => {
    if (chosen.length && mayAttach()) chat.attaching.add(conversationId, chosen);
    input.focus();
  };
  const picked = () => {
    attach([...picker.files]);
    picker.value = '';
  };
  /** A spreadsheet's cells are in the clipboard as words and as a picture: the words are meant. */
  const pasted = (event) => {
    const { files: pastedFiles, types } = event.clipboardData;
    if (pastedFiles.length === 0 || types.includes('text/plain') || !mayAttach()) return;
    event.preventDefault();
    attach([...pastedFiles]);
  };
  const sendVoice = (file, known) => {
    const id = chat.attaching.addVoice(conversationId, file, known);
    if (!id) return;
    chat.send(conversationId, '', drafting()?.message, [id]);
    store.draftAbout(conversationId, null);
  };
  const renderFiles = () => {
    if (!conversationId) return;
    tray.show(conversationId, files());
    refresh();
  };
  dropTarget(pane, { mayTake: mayAttach, take: attach });

  const renderAbout = (focus = true) => {
    const now = drafting();
    if (now === shownDrafting) return;
    const wasEditing = shownDrafting?.mode === 'edit';
    shownDrafting = now;
    about.hidden = !now;
    if (isEditing()) write(now.text ?? now.message.content?.text ?? '');
    else if (wasEditing) write(plain);
    renderFiles();
    save();
    if (!now) return;
    about.replaceChildren(
      icon(now.mode === 'edit' ? 'compose' : 'reply'),
      h('span', { class: 'about-text' },
        h('span', { class: 'quote-name' }, ...(now.mode === 'edit' ? ['Edit message'] : ['Reply to ', h('bdi', {}, nameOf(now.message.sender))])),
        h('span', { class: 'quote-text', dir: 'auto' }, previewOf(now.message))),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Cancel', title: 'Cancel', 'data-testid': 'cancel-about',
        on: { click: () => cancel() } }, icon('close')));
    if (focus) input.focus();
  };
  const cancel = () => {
    store.draftAbout(conversationId, null);
    input.focus();
  };
  /** Somebody deleted the message that is edited or answered: what was written is no change to it any more, but not lost. */
  const checkTarget = () => {
    const now = drafting();
    const entry = now && store.activeTimeline?.entries.find(({ id }) => id === now.message.id);
    if (entry?.status !== 'deleted') return;
    if (isEditing() && !plain) plain = input.value;
    store.setProblem(isEditing() ? 'The message that you were changing was deleted.' : 'The message that you were answering was deleted.');
    store.draftAbout(conversationId, null);
  };
  const renderProblem = () => {
    problem.textContent = store.problem;
    problem.hidden = !store.problem;
  };
  const renderClosed = () => {
    const why = store.active ? whyClosed(store.active) : '';
    closed.textContent = why;
    closed.hidden = !why;
    if (why) voice.cancel();
    form.hidden = !!why || !voice.element.hidden;
    tray.show(conversationId, why ? [] : files());
    if (why) about.hidden = true;
  };
  /** Shows what is kept: of this tab's last look at the conversation, or of another tab. */
  const restore = () => {
    const kept = drafts.of(conversationId);
    plain = kept.text;
    shownDrafting = null;
    write(plain);
    about.hidden = true;
    store.draftAbout(conversationId, kept.about);
    renderAbout(false);
    renderFiles();
  };
  const changedElsewhere = (event) => conversationId && drafts.changedBy(event) === conversationId && restore();
  const unsubscribe = [
    store.subscribe(['drafting'], renderAbout),
    store.subscribe(['problem'], renderProblem),
    store.subscribe(['timeline'], checkTarget),
    store.subscribe(['conversations', 'active'], renderClosed),
    store.subscribe(['returned'], restore),
    store.subscribe(['config'], () => {
      picker.accept = store.config.uploads?.allowedTypes?.join(',') ?? '';
      refresh();
    }),
    store.subscribe(['uploads'], renderFiles),
  ];
  addEventListener('storage', changedElsewhere);

  return {
    element,
    show(id) {
      voice.cancel();
      conversationId = id;
      restore();
      renderProblem();
      renderClosed();
      // On a touch screen focus would raise the keyboard over what one came to read.
      if (matchMedia('(pointer: fine)').matches) input.focus();
    },
    stop() {
      voice.cancel();
      removeEventListener('storage', changedElsewhere);
      unsubscribe.forEach((end) => end());
    },
  };
}

/** Empty if the user may write. */
function whyClosed(conversation) {
  if (conversation.conversationType !== 'group') return '';
  if (conversation.isActive === false) return 'You are not in this group any more.';
  return conversation.settings?.onlyAdminsCanMessage && !isAdminOf(conversation) ? 'Only admins can write here.' : '';
}
