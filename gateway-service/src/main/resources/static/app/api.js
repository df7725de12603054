import { request } from './http.js';

const HISTORY_PAGE = 40;
const USERS_PAGE = 20;

/** The REST surface as the signed-in user; a refused token is renewed once and the request repeated. */
export class Api {
  #session;

  constructor(session) {
    this.#session = session;
  }

  me() {
    return this.#call('GET', '/users/me');
  }

  async findUsers(query, signal) {
    return (await this.#call('GET', '/users', { query: { query, page: 1, limit: USERS_PAGE }, signal })).data;
  }

  async conversations() {
    return (await this.#call('GET', '/conversations')).data;
  }

  conversation(id) {
    return this.#call('GET', `/conversations/${encodeURIComponent(id)}`);
  }

  members(id) {
    return this.#call('GET', `/conversations/${encodeURIComponent(id)}/members`);
  }

  startDirect(userId) {
    return this.#call('POST', '/conversations/direct', { body: { userId } });
  }

  /** @param {string} attempt the same for each retry of one submission, so that a retry does not make a second group */
  createGroup(name, participantIds, attempt) {
    return this.#call('POST', '/conversations/group', {
      body: { name, participantIds },
      headers: { 'Idempotency-Key': attempt },
    });
  }

  /** Newest first; without a cursor, the newest page. */
  messages(conversationId, cursor) {
    return this.#call('GET', `/conversations/${encodeURIComponent(conversationId)}/messages`, {
      query: { cursor, limit: HISTORY_PAGE, direction: cursor ? 'before' : undefined },
    });
  }

  sendMessage(conversationId, message) {
    return this.#call('POST', `/conversations/${encodeURIComponent(conversationId)}/messages`, { body: message });
  }

  async #call(method, path, options) {
    const token = await this.#session.accessToken();
    try {
      return await request(method, path, { ...options, token });
    } catch (failure) {
      if (failure.status !== 401) throw failure;
    }
    return request(method, path, { ...options, token: await this.#session.renew(token) });
  }
}
