import { h } from '../dom.js';
import { isolated, nameOf, previewOf, titleOf } from '../people.js';

const KEEP = 5;

/** Reads new messages of others to those who do not see the page. */
export class Announcer {
  #region;
  #store;

  constructor(region, store) {
    this.#region = region;
    this.#store = store;
  }

  announce(message) {
    const { activeId, conversations, me } = this.#store;
    const sender = isolated(nameOf(message.sender));
    const conversation = conversations.get(message.conversationId);
    const text =
      message.conversationId === activeId || !conversation
        ? `${sender}: ${previewOf(message)}`
        : `New message in ${isolated(titleOf(conversation, me.id))} from ${sender}`;
    this.#region.append(h('p', {}, text));
    while (this.#region.children.length > KEEP) this.#region.firstChild.remove();
  }
}
