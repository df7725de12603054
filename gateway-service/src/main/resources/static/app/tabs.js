import { newId } from './ids.js';

/** A tab that shows something answers at once; a hidden one need not be waited for. */
const ANSWER_MILLIS = 250;

/**
 * The tabs in which this browser shows the same user. One of them, as long as it is there, is the one that tells the user of things.
 *
 * Without Web Locks (a plain-HTTP address) each tab takes itself for that one.
 */
export class Tabs {
  #name;
  #sees;
  #channel;
  #isFirst = !navigator.locks;
  #leave = new AbortController();
  #questions = new Map();

  /** @param {(conversationId: string) => boolean} sees whether the user sees in this tab what happens in a conversation */
  constructor(name, sees) {
    this.#name = name;
    this.#sees = sees;
  }

  start() {
    this.#channel = new BroadcastChannel(this.#name);
    this.#channel.onmessage = ({ data }) => this.#heard(data);
    const { signal } = this.#leave;
    const held = (lock) => new Promise((resolve) => {
      this.#isFirst = !!lock;
      signal.addEventListener('abort', resolve);
    });
    navigator.locks?.request(this.#name, { signal }, held).catch(() => {}); // this tab has stopped to wait
  }

  stop() {
    this.#leave.abort();
    this.#isFirst = false;
    this.#channel.close();
  }

  get isFirst() {
    return this.#isFirst;
  }

  /** Whether the user sees a conversation's news in this tab or another one. */
  async isSeen(conversationId) {
    if (this.#sees(conversationId)) return true;
    const question = newId();
    const answer = new Promise((resolve) => {
      this.#questions.set(question, resolve);
      setTimeout(resolve, ANSWER_MILLIS, false);
    });
    this.#channel.postMessage({ question, conversationId });
    return answer.finally(() => this.#questions.delete(question));
  }

  #heard({ question, conversationId, answer }) {
    if (answer) this.#questions.get(answer)?.(true);
    else if (question && this.#sees(conversationId)) this.#channel.postMessage({ answer: question });
  }
}
