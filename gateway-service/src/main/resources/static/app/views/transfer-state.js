import { h } from '../dom.js';
import { sizeText } from '../format.js';

/**
 * How far a file is on its way to the server. Screen readers are told of a failure, and not of each step.
 */
export function transferState() {
  const bar = h('progress', { max: '1', value: '0', 'aria-label': 'Uploaded' });
  const text = h('span', { class: 'transfer-text' });
  const element = h('span', { class: 'transfer', 'data-testid': 'transfer', hidden: true }, bar, text);
  return {
    element,
    /** @param {object | null} upload null if there is none, or none here */
    show(upload) {
      const state = upload?.state ?? '';
      element.hidden = !upload || state === 'ready';
      element.dataset.state = state;
      bar.hidden = state === 'failed';
      if (bar.hidden) text.setAttribute('role', 'alert');
      else text.removeAttribute('role');
      bar.value = upload?.size ? upload.sent / upload.size : 0;
      text.textContent = upload ? textOf(upload) : '';
    },
  };
}

function textOf({ state, sent, size, failure }) {
  if (state === 'failed') return failure.message;
  if (state === 'checking') return 'Checking…';
  return state === 'uploading' ? `${sizeText(sent)} of ${sizeText(size)}` : 'Waiting…';
}
