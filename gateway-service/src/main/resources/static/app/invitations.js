/**
 * Groups that the user is asked to join. An event tells that there are others; it may be lost, so they are asked for on each
 * connect and when the page is looked at again, too.
 */
export class Invitations {
  #api;
  #store;

  constructor(api, store) {
    this.#api = api;
    this.#store = store;
  }

  listen(socket) {
    for (const event of ['invitation_received', 'invitation_answered', 'invitation_withdrawn']) {
      socket.on(event, () => this.load());
    }
  }

  start() {
    document.addEventListener('visibilitychange', this.#seen);
    this.load();
  }

  stop() {
    document.removeEventListener('visibilitychange', this.#seen);
  }

  async load() {
    try {
      this.#put(await this.#api.invitations());
    } catch {
      // Those that are shown stay; the next look asks again.
    }
  }

  /** @returns the conversation, which the user is in from now on */
  async accept(conversationId) {
    const conversation = await this.#api.acceptInvitation(conversationId);
    this.#remove(conversationId);
    this.#store.putConversation(conversation);
    return conversation;
  }

  async decline(conversationId) {
    await this.#api.declineInvitation(conversationId);
    this.#remove(conversationId);
  }

  #seen = () => document.visibilityState === 'visible' && this.load();

  #remove(conversationId) {
    this.#put(this.#store.invitations.filter((each) => each.conversationId !== conversationId));
  }

  #put(invitations) {
    this.#store.invitations = invitations;
    this.#store.changed('invitations');
  }
}
