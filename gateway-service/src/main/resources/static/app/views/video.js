import { ownAddress } from '../attachments.js';
import { h } from '../dom.js';
import { fileLine } from './file-line.js';
import { boxOf, setBox } from './media-box.js';
import { transferState } from './transfer-state.js';

/** Until the server has looked into it, and for good if it does not: nothing below moves later. */
const UNKNOWN = { width: 320, height: 180 };

/** A film that plays in its place; where the browser can't play it, a way to get it. */
export function videoView(chat) {
  const video = h('video', { controls: true, playsinline: true, preload: 'metadata', tabindex: '-1', 'data-testid': 'video' });
  const transfer = transferState();
  const file = fileLine(chat);
  const element = h('div', { class: 'video-box' }, video, transfer.element);
  let message = null;
  let wanted = '';
  let box = null;

  video.addEventListener('error', async () => {
    const failed = wanted;
    const isAsked = !message.local && (await chat.renewals.message(message.id));
    if (isAsked && failed !== wanted) return; // it had been too old
    if (video.isConnected) video.replaceWith(file.element);
  });

  return {
    element,
    show(attachment, context, upload) {
      message = context.entry;
      box ??= boxOf(attachment.dimensions) ?? UNKNOWN;
      setBox(video, box);
      video.setAttribute('aria-label', `Video ${attachment.filename ?? ''}`.trim());
      const poster = ownAddress(attachment.thumbnailUrl);
      if (poster && video.getAttribute('poster') !== poster) {
        video.poster = poster;
        video.preload = 'none';
      }
      const source = attachment.preview ?? ownAddress(attachment.url) ?? '';
      // What plays is not interrupted: a URL that is too old is known when more of it is asked for.
      if (source !== wanted && (!wanted || video.paused || video.error)) {
        wanted = source;
        video.src = source;
      }
      file.show(attachment, context, null);
      transfer.show(upload);
    },
    stop: () => video.pause(),
  };
}
