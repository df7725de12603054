import { fileIdOf, ownAddress } from '../attachments.js';
import { h } from '../dom.js';
import { audioView } from './audio.js';
import { fileLine, foreignLine, refusedLine } from './file-line.js';
import { pictureView } from './picture.js';
import { videoView } from './video.js';

const VIEWS = { image: pictureView, video: videoView, audio: audioView, document: fileLine };

/**
 * The files of one message. What shows a file stays while the message lives, so that what plays plays on; a file that was shown on its way
 * out is shown by the same element once the server has it.
 */
export class AttachmentsView {
  #chat;
  #store;
  #shown = [];
  element = h('div', { class: 'attachments', 'data-testid': 'attachments' });

  constructor(chat, store) {
    this.#chat = chat;
    this.#store = store;
  }

  show(entry) {
    const attachments = entry.content?.attachments ?? [];
    const pictures = attachments.filter((each) => this.#makerOf(each) === pictureView).length;
    this.element.classList.toggle('several', pictures > 1);
    this.#shown.splice(attachments.length).forEach((each) => this.#drop(each));
    attachments.forEach((attachment, index) => {
      const make = this.#makerOf(attachment);
      const old = this.#shown[index];
      if (old?.make !== make) {
        const view = make(this.#chat, this.#store);
        this.#shown[index] = { make, view, unwatch: null };
        if (old) {
          old.view.element.replaceWith(view.element);
          this.#drop(old);
        } else this.element.append(view.element);
      }
      this.#update(this.#shown[index], attachment, { entry, isAlone: pictures < 2 });
    });
  }

  /** The message is on the page no more. */
  stop() {
    this.#shown.forEach((each) => this.#drop(each));
    this.#shown = [];
  }

  #update(shown, attachment, context) {
    const { view } = shown;
    shown.unwatch?.();
    shown.unwatch = null;
    if (attachment.uploadId) shown.unwatch = this.#chat.uploads.watch(attachment.uploadId, (upload) => view.show(withUpload(attachment, upload), context, upload));
    else view.show(attachment, context, null);
  }

  /** What is kept elsewhere is never loaded by this page. */
  #makerOf({ uploadId, url, type }) {
    if (this.#store.refusedFiles.has(fileIdOf(url))) return refusedLine;
    return uploadId || ownAddress(url) ? VIEWS[type] ?? fileLine : foreignLine;
  }

  #drop({ view, unwatch }) {
    unwatch?.();
    view.stop?.();
    view.element.remove();
  }
}

/** A file on its way out is shown from this page. */
function withUpload(attachment, upload) {
  return upload ? { ...attachment, preview: upload.preview, dimensions: upload.dimensions ?? attachment.dimensions } : attachment;
}
