import { request } from './http.js';

export const HISTORY_PAGE = 40;
const USERS_PAGE = 20;
const HITS_PAGE = 20;
const FILES_PAGE = 30;

/** The REST surface as the signed-in user; a refused token is renewed once and the request repeated. */
export class Api {
  #session;

  constructor(session) {
    this.#session = session;
  }

  config() {
    return request('GET', '/config');
  }

  /** @param {{displayName: string | null}} change null takes the name away */
  changeMe(change) {
    return this.#call('PATCH', '/users/me', { body: change });
  }

  /** @returns {Promise<object | null>} null if the user has chosen nothing yet */
  preferences() {
    return this.#call('GET', '/users/me/preferences');
  }

  changePreferences(change) {
    return this.#call('PATCH', '/users/me/preferences', { body: change });
  }

  /** @param {object} device where pushes to this browser go */
  registerDevice(device) {
    return this.#call('POST', '/users/me/devices', { body: device });
  }

  removeDevice(id) {
    return this.#call('DELETE', `/users/me/devices/${encodeURIComponent(id)}`);
  }

  user(id) {
    return this.#call('GET', `/users/${encodeURIComponent(id)}`);
  }

  /** @returns {Promise<{avatarUrl: string}>} */
  setAvatar(picture) {
    return this.#call('PUT', '/users/me/avatar', { body: formOf({ file: picture }) });
  }

  async findUsers(query, signal) {
    return (await this.#call('GET', '/users', { query: { query, page: 1, limit: USERS_PAGE }, signal })).data;
  }

  /** @returns {Promise<string | null>} when the user was last connected */
  async lastSeen(userId) {
    return (await this.#call('GET', `/users/${encodeURIComponent(userId)}/last-seen`)).lastSeenAt;
  }

  async conversations() {
    return (await this.#call('GET', '/conversations')).data;
  }

  conversation(id) {
    return this.#call('GET', of(id));
  }

  invitations() {
    return this.#call('GET', '/conversations/invitations');
  }

  acceptInvitation(conversationId) {
    return this.#call('POST', of(conversationId, '/invitation/accept'));
  }

  declineInvitation(conversationId) {
    return this.#call('POST', of(conversationId, '/invitation/decline'));
  }

  members(id) {
    return this.#call('GET', of(id, '/members'));
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

  /** @param {{name?: string, description?: string, settings?: object}} change */
  changeConversation(id, change) {
    return this.#call('PATCH', of(id), { body: change });
  }

  deleteConversation(id) {
    return this.#call('DELETE', of(id));
  }

  setIcon(id, fileId) {
    return this.#call('PUT', of(id, '/icon'), { body: { fileId } });
  }

  removeIcon(id) {
    return this.#call('DELETE', of(id, '/icon'));
  }

  /** The files of a conversation's messages, newest first. */
  conversationFiles(id, page) {
    return this.#call('GET', of(id, '/files'), { query: { page, limit: FILES_PAGE } });
  }

  /** What the server knows of an own file. */
  file(id, signal) {
    return this.#call('GET', `/storage/files/${encodeURIComponent(id)}`, { signal });
  }

  deleteFile(id) {
    return this.#call('DELETE', `/storage/files/${encodeURIComponent(id)}`);
  }

  /** In one request: for what is small. */
  uploadFile(file) {
    return this.#call('POST', '/storage/files', { body: formOf({ file }) });
  }

  addParticipants(id, userIds) {
    return this.#call('POST', of(id, '/participants'), { body: { userIds } });
  }

  removeParticipant(id, userId) {
    return this.#call('DELETE', of(id, `/participants/${encodeURIComponent(userId)}`));
  }

  /** @param {'admin' | 'member'} role */
  changeRole(id, userId, role) {
    return this.#call('PATCH', of(id, `/participants/${encodeURIComponent(userId)}`), { body: { role } });
  }

  leave(id, andDelete) {
    return this.#call('POST', of(id, '/leave'), { body: { andDelete } });
  }

  /** @param {string | undefined} mutedUntil ISO time; without one, until unmuted */
  mute(id, mutedUntil) {
    return this.#call('POST', of(id, '/mute'), { body: { mutedUntil } });
  }

  unmute(id) {
    return this.#call('DELETE', of(id, '/mute'));
  }

  pinConversation(id, isPinned) {
    return this.#call(isPinned ? 'POST' : 'DELETE', of(id, '/pin'));
  }

  clear(id) {
    return this.#call('DELETE', of(id, '/messages'));
  }

  markRead(id, messageId) {
    return this.#call('POST', of(id, '/read'), { body: { messageId } });
  }

  /**
   * Newest first; without a place, the newest page.
   *
   * @param {{before?: string, after?: string, afterSeq?: number, around?: string}} place a cursor to one side, a `seq`, or a message's id
   */
  messages(conversationId, { before, after, afterSeq, around } = {}) {
    return this.#call('GET', of(conversationId, '/messages'), {
      query: {
        cursor: before ?? after, afterSeq, around, limit: HISTORY_PAGE,
        direction: after || afterSeq !== undefined ? 'after' : before ? 'before' : undefined,
      },
    });
  }

  /** @returns {Promise<{unreadCount: number}>} */
  unread(conversationId) {
    return this.#call('GET', of(conversationId, '/unread'));
  }

  /** @returns {Promise<{lastReadMessageId: string | null}>} */
  lastRead(conversationId) {
    return this.#call('GET', of(conversationId, '/last-read'));
  }

  sendMessage(conversationId, message) {
    return this.#call('POST', of(conversationId, '/messages'), { body: message });
  }

  message(id) {
    return this.#call('GET', message(id));
  }

  pinnedMessages(conversationId) {
    return this.#call('GET', of(conversationId, '/messages/pinned'));
  }

  editMessage(id, text) {
    return this.#call('PATCH', message(id), { body: { text } });
  }

  deleteMessage(id) {
    return this.#call('DELETE', message(id));
  }

  deleteMessageForMe(id) {
    return this.#call('DELETE', message(id, '/me'));
  }

  react(id, emoji, isOn) {
    return isOn
      ? this.#call('POST', message(id, '/reactions'), { body: { emoji } })
      : this.#call('DELETE', message(id, `/reactions/${encodeURIComponent(emoji)}`));
  }

  pin(id, isPinned) {
    return this.#call(isPinned ? 'POST' : 'DELETE', message(id, '/pin'));
  }

  star(id, isStarred) {
    return this.#call(isStarred ? 'POST' : 'DELETE', message(id, '/star'));
  }

  receipts(id) {
    return this.#call('GET', message(id, '/receipts'));
  }

  starredMessages(page) {
    return this.#call('GET', '/messages/starred', { query: { page, limit: HITS_PAGE } });
  }

  searchMessages(query, page, signal) {
    return this.#call('GET', '/messages/search', { query: { query, page, limit: HITS_PAGE }, signal });
  }

  #call(method, path, options) {
    return this.#session.withToken((token) => request(method, path, { ...options, token }));
  }
}

function of(conversationId, rest = '') {
  return `/conversations/${encodeURIComponent(conversationId)}${rest}`;
}

function message(id, rest = '') {
  return `/messages/${encodeURIComponent(id)}${rest}`;
}

function formOf(fields) {
  const form = new FormData();
  Object.entries(fields).forEach(([name, value]) => form.append(name, value));
  return form;
}
