import { fileIdOf, fileNameOf, foreignAddress, isExpired, ownAddress } from '../attachments.js';
import { h } from '../dom.js';
import { sizeText } from '../format.js';
import { icon } from '../icons.js';
import { transferState } from './transfer-state.js';

/** A document: what it is called, how large it is, its first page where there is a picture of it, and a way to get it. */
export function fileLine(chat) {
  const name = h('bdi', { class: 'file-name', 'data-testid': 'file-name' });
  const size = h('span', { class: 'file-size' });
  const page = h('img', { class: 'file-page', alt: '', loading: 'lazy', width: '320', height: '180', hidden: true });
  const transfer = transferState();
  const way = h('span', { hidden: true }, icon('download'));
  const link = h('a', { class: 'file', tabindex: '-1', 'data-testid': 'file', on: { click: (event) => pressed(event) } },
    page, h('span', { class: 'file-line' }, icon('file'), h('span', { class: 'file-about' }, name, size), way));
  const element = h('div', { class: 'file-box' }, link, transfer.element);
  let message = null;

  page.addEventListener('error', () => chat.renewals.message(message.id));
  /** A page that was open for long has a URL that is too old: another one is asked for first. */
  const pressed = async (event) => {
    if (!link.href || !isExpired(link.href)) return;
    event.preventDefault();
    if (await chat.renewals.message(message.id)) queueMicrotask(() => !isExpired(link.href) && link.click());
  };

  return {
    element,
    show(attachment, { entry }, upload) {
      message = entry;
      const address = ownAddress(attachment.url);
      const picture = ownAddress(attachment.thumbnailUrl);
      name.textContent = fileNameOf(attachment);
      size.textContent = sizeText(attachment.size);
      link.setAttribute('download', attachment.filename ?? '');
      if (address) link.setAttribute('href', address);
      way.hidden = !address;
      page.hidden = !picture;
      if (picture && page.getAttribute('src') !== picture) page.src = picture;
      transfer.show(upload);
    },
  };
}

/** A file that is kept elsewhere: a link, if it is a safe one. This page loads nothing of it. */
export function foreignLine() {
  const element = h('div', { class: 'file-box' });
  return {
    element,
    show(attachment) {
      const address = foreignAddress(attachment.url);
      const about = h('span', { class: 'file-line' }, icon('external'), h('span', { class: 'file-about' },
        h('bdi', { class: 'file-name', 'data-testid': 'file-name' }, fileNameOf(attachment)),
        h('span', { class: 'file-size' }, address ? `on ${address.hostname}` : 'can’t be opened here')));
      element.replaceChildren(address
        ? h('a', { class: 'file', href: address.href, title: address.href, target: '_blank', rel: 'noopener noreferrer nofollow', tabindex: '-1', 'data-testid': 'foreign-file' }, about)
        : about);
    },
  };
}

/** An own file that the server has refused after its message was sent. */
export function refusedLine(chat, store) {
  const name = h('bdi', { class: 'file-name', 'data-testid': 'file-name' });
  const reason = h('span', { class: 'file-size', role: 'status', 'data-testid': 'refused-file' });
  const element = h('div', { class: 'file-box' }, h('span', { class: 'file-line' }, icon('alert'), h('span', { class: 'file-about' }, name, reason)));
  return {
    element,
    show(attachment) {
      name.textContent = fileNameOf(attachment);
      reason.textContent = store.refusedFiles.get(fileIdOf(attachment.url));
    },
  };
}
