import { pause } from './lock.js';

const LONGEST_WAIT_SECONDS = 30;

/**
 * Delivers what the user sends: by socket, by REST where the socket is down or does not answer. Each message keeps its
 * `tempId` over all attempts, so the server takes it once. One conversation's messages go one after another, in order.
 */
export class Outbox {
  #api;
  #socket;
  #queues = new Map();
  #report;

  /** @param {(conversationId: string, tempId: string, outcome: {message?: object, failure?: Error}) => void} report */
  constructor(api, socket, report) {
    this.#api = api;
    this.#socket = socket;
    this.#report = report;
  }

  /** @param {{tempId: string, text?: string, attachments?: Array<{fileId: string}>, replyTo?: string}} message */
  send(conversationId, message) {
    const before = this.#queues.get(conversationId) ?? Promise.resolve();
    const delivery = before.then(() => this.#deliver(conversationId, message));
    this.#queues.set(conversationId, delivery);
  }

  async #deliver(conversationId, draft) {
    try {
      const message = (await this.#bySocket(conversationId, draft)) ?? (await this.#byRest(conversationId, draft));
      this.#report(conversationId, draft.tempId, { message });
    } catch (failure) {
      this.#report(conversationId, draft.tempId, { failure });
    }
  }

  /** Null if the other way is to be tried. */
  async #bySocket(conversationId, draft) {
    if (!this.#socket.isConnected) return null;
    try {
      const answer = await this.#socket.ask('send_message', { conversationId, ...draft });
      return answer.message;
    } catch (failure) {
      if (failure.isPassing) return null;
      throw failure;
    }
  }

  async #byRest(conversationId, draft) {
    try {
      return await this.#api.sendMessage(conversationId, draft);
    } catch (failure) {
      if (failure.status !== 429) throw failure;
      await pause(1000 * Math.min(failure.retryAfter || 1, LONGEST_WAIT_SECONDS));
    }
    return this.#api.sendMessage(conversationId, draft);
  }
}
