import { isSameFile, ownAddress } from '../attachments.js';
import { serverNow } from '../clock.js';
import { h } from '../dom.js';
import { boxOf, setBox } from './media-box.js';
import { transferState } from './transfer-state.js';
import { openViewer } from './viewer.js';

const LEAST_SIDE = 96;
/** Where nothing is known of its size, it has this place and keeps it. */
const UNKNOWN = { width: 320, height: 240 };
const CELL = { width: 156, height: 156 };
/** A picture this small needs no thumbnail. */
const SMALL_BYTES = 200_000;
/** For so long the server may still be making the thumbnail of a new message; then the picture itself is shown. */
const THUMBNAIL_MILLIS = 5_000;

/** A picture in the history, in a place of its size from the first; a click shows it over the page. */
export function pictureView(chat, store) {
  const image = h('img', { alt: '', decoding: 'async', draggable: 'false' });
  const transfer = transferState();
  const button = h('button', { type: 'button', class: 'picture', tabindex: '-1', 'data-testid': 'picture', on: { click: () => pressed() } }, image);
  const element = h('div', { class: 'picture-box' }, button, transfer.element);
  let message = null;
  let attachment = null;
  let wanted = '';
  let box = null;
  let timer = null;

  const pressed = () => {
    if (button.classList.contains('lost')) {
      button.classList.remove('lost');
      wanted = '';
      chat.renewals.message(message.id).then(draw);
    } else if (!message.local) openViewer(message.id, attachment.id, button, chat, store);
  };
  /** Another source takes the place of the first one when it is there, so that nothing flickers. */
  const load = async (source) => {
    const isThere = image.complete && image.naturalWidth > 0;
    if (source === wanted || (isThere && isSameFile(source, wanted))) return;
    wanted = source;
    if (image.getAttribute('src') && source) {
      const next = new Image();
      next.src = source;
      await next.decode().catch(() => {});
      if (source !== wanted) return;
    }
    if (source) image.src = source;
    else image.removeAttribute('src');
  };
  image.addEventListener('load', () => button.classList.remove('waits', 'lost'));
  image.addEventListener('error', async () => {
    const failed = wanted;
    const isAsked = !message.local && (await chat.renewals.message(message.id));
    if (failed !== wanted) return;
    button.classList.toggle('lost', !message.local); // what this browser can't show may still be seen once the server has it
    if (isAsked) draw();
  });
  const draw = () => {
    clearTimeout(timer);
    const { preview, thumbnailUrl, url, size } = attachment;
    const thumbnail = ownAddress(thumbnailUrl);
    const left = Date.parse(message.createdAt) + THUMBNAIL_MILLIS - serverNow();
    const isAwaited = !preview && !thumbnail && size > SMALL_BYTES && left > 0;
    if (isAwaited) timer = setTimeout(draw, left);
    const source = preview ?? thumbnail ?? (isAwaited ? '' : ownAddress(url)) ?? '';
    button.classList.toggle('waits', !source || !image.getAttribute('src'));
    load(source);
  };

  return {
    element,
    show(shown, { entry, isAlone }, upload) {
      attachment = shown;
      message = entry;
      box = isAlone ? aloneBox(shown.dimensions, box) : CELL;
      setBox(image, box);
      button.setAttribute('aria-label', `Show picture ${shown.filename ?? ''}`.trim());
      transfer.show(upload);
      draw();
    },
    stop: () => clearTimeout(timer),
  };
}

/** A place once given without knowing its size is kept: what is below must not move. */
function aloneBox(dimensions, before) {
  return before === UNKNOWN ? before : boxOf(dimensions, LEAST_SIDE) ?? before ?? UNKNOWN;
}
