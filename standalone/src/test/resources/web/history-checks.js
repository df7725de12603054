// What HistoryTest runs in a page of the web client, by the names of its tests. A check that throws fails its test.
const load = (module) => import(`${globalThis.clientBase ?? ''}/app/${module}.js`);
const { History } = await load('history');
const { Store } = await load('store');
const { Updates } = await load('updates');
const { linksIn } = await load('links');

const ID = 'conversation';
const ME = 'me';
const OTHER = 'other';
const PAGE = 6;

function isSame(actual, expected, what = '') {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${what} expected ${other} but was ${one}`);
}

function isTrue(condition, what) {
  if (!condition) throw new Error(what);
}

const soon = () => new Promise((done) => setTimeout(done));

function messageOf(seq, more = {}) {
  return {
    id: `m${seq}`, conversationId: ID, seq, senderId: OTHER, sender: { id: OTHER, displayName: 'Other' }, content: { type: 'text', text: `text ${seq}` },
    reactions: [], status: 'sent', deliveryStatus: 'sent', createdAt: new Date(1_700_000_000_000 + seq * 1000).toISOString(), ...more,
  };
}

/** A conversation on a server whose answers and events come when the check lets them. */
class Server {
  messages;
  asked = [];
  events = [];
  lastReadMessageId = null;
  unreadCount = 0;
  #listeners = new Map();
  #time = 1_800_000_000_000;

  constructor(count) {
    this.messages = Array.from({ length: count }, (_, index) => messageOf(index + 1));
    this.store = new Store();
    this.store.me = { id: ME };
    this.store.conversations.set(ID, { id: ID, isActive: true, lastMessage: this.messages.at(-1) });
    this.history = new History({ messages: (_, place = {}) => this.#ask(this.#page(place)), lastRead: () => this.#ask({ lastReadMessageId: this.lastReadMessageId }), unread: () => this.#ask({ unreadCount: this.unreadCount }) }, this.store);
    this.updates = new Updates(this.store, { changed() {} }, () => {});
    this.updates.listen({ on: (event, listener) => this.#listeners.set(event, listener) });
    this.#listeners.set('new_message', ({ message }) => {
      this.history.add(message);
      this.store.putConversation({ id: ID, lastMessage: message });
    });
  }

  get timeline() {
    return this.history.of(ID);
  }

  /** The seqs of what is confirmed, as they are shown. */
  get shown() {
    return this.timeline.entries.filter((entry) => !entry.local).map(({ seq }) => seq);
  }

  // What the client asks.

  #page(place) {
    const all = this.messages.map((each) => structuredClone(each));
    const older = (seq) => all.filter((each) => each.seq < seq).slice(-PAGE);
    const newer = (seq) => all.filter((each) => each.seq > seq).slice(0, PAGE);
    const middle = all.findIndex(({ id }) => id === place.around);
    if (place.around && middle < 0) return null;
    const after = place.after ?? place.afterSeq;
    const data = place.around ? all.slice(Math.max(0, middle - PAGE / 2), middle + PAGE / 2)
      : after !== undefined ? newer(Number(after)) : older(Number(place.before ?? Infinity));
    const hasMore = after !== undefined ? data.length > 0 && data.at(-1).seq < all.at(-1).seq : data.length > 0 && data[0].seq > all[0].seq;
    return {
      data: data.reverse(),
      meta: { nextCursor: data.length && data.at(-1).seq > all[0].seq ? `${data.at(-1).seq}` : null, prevCursor: data.length ? `${data[0].seq}` : null, hasMore },
    };
  }

  #ask(answer) {
    return new Promise((resolve, reject) => {
      this.asked.push(() => (answer ? resolve(answer) : reject(Object.assign(new Error('No such message'), { status: 404 }))));
    });
  }

  // What happens to it.

  post(more = {}) {
    const message = messageOf(this.messages.length + 1, more);
    this.messages.push(message);
    this.tell('new_message', { message: structuredClone(message) });
    return message;
  }

  edit(message, text) {
    if (message.status === 'deleted') return;
    this.#time += 1000;
    Object.assign(message, { content: { type: 'text', text }, isEdited: true, editedAt: new Date(this.#time).toISOString() });
    this.tell('message_updated', { conversationId: ID, messageId: message.id, text, editedAt: message.editedAt });
  }

  react(message, emoji) {
    if (message.status === 'deleted') return;
    message.reactions = [...message.reactions, { emoji, userIds: [OTHER], count: 1 }];
    this.tell('reaction_updated', { conversationId: ID, messageId: message.id, reactions: structuredClone(message.reactions) });
  }

  delete(message) {
    Object.assign(message, { status: 'deleted', content: { type: 'text' }, reactions: [] });
    this.tell('message_deleted', { conversationId: ID, messageId: message.id });
  }

  tell(event, payload) {
    this.events.push({ event, id: payload.messageId ?? payload.message.id, hear: () => this.#listeners.get(event)(payload) });
  }

  /** Whether the second event that waits may come before the first: what changes one message is told in order. */
  get mayOvertake() {
    const [first, second] = this.events;
    return !!second && (first.id !== second.id || first.event === 'new_message');
  }

  // What comes to the client.

  async answer(index = 0) {
    this.asked.splice(index, 1)[0]?.();
    await soon();
  }

  hear(index = 0) {
    this.events.splice(index, 1)[0]?.hear();
  }

  async settle() {
    while (this.events.length) this.hear();
    do {
      while (this.asked.length) await this.answer();
      await soon();
    } while (this.asked.length);
  }
}

async function started(count) {
  const server = new Server(count);
  server.history.loadNewest(ID);
  await server.settle();
  return server;
}

function isOneRun(seqs, what = '') {
  seqs.slice(1).forEach((seq, index) => isSame(seq, seqs[index] + 1, `${what} in ${seqs}: `));
}

/** Numbers that look random and are the same each time (mulberry32). */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A server of resumable uploads, as an XMLHttpRequest; `cuts` says how much of each piece arrives before its connection is cut. */
function uploadServer(cuts) {
  const server = { asked: [], held: [], isKnown: false };
  server.Request = class extends EventTarget {
    upload = new EventTarget();
    status = 0;
    responseText = '';
    #answer = {};

    open(method, address) {
      Object.assign(this, { method, address });
    }

    setRequestHeader() {}

    getResponseHeader(name) {
      return this.#answer[name] ?? null;
    }

    abort() {
      this.dispatchEvent(new Event('abort'));
    }

    async send(body) {
      server.asked.push(`${this.method} ${server.held.length}`);
      const bytes = body ? [...new Uint8Array(await body.arrayBuffer())] : [];
      const cut = this.method === 'PATCH' ? cuts.shift() : undefined;
      server.held.push(...bytes.slice(0, cut));
      if (cut !== undefined) return this.dispatchEvent(new Event('error'));
      this.status = this.method === 'HEAD' && !server.isKnown ? 404 : 204;
      server.isKnown ||= this.method === 'POST';
      this.#answer = { Location: '/api/v1/storage/tus/f1', 'Upload-Offset': `${server.held.length}`, 'Upload-Location-Id': this.method === 'PATCH' ? 'f1' : null };
      return this.dispatchEvent(new Event('load'));
    }
  };
  return server;
}

async function uploaded(server, bytes, address) {
  const { ResumableUpload } = await load('resumable-upload');
  const told = [];
  const { XMLHttpRequest: realRequest, setTimeout: realTimeout } = globalThis;
  globalThis.XMLHttpRequest = server.Request;
  globalThis.setTimeout = (act, millis) => realTimeout(act, millis > 20_000 ? millis : 0); // nobody waits for the next try
  try {
    const upload = new ResumableUpload({ withToken: (task) => task('token') }, new Blob([bytes]), { conversationId: ID, filename: 'ä.txt', mimeType: 'text/plain' },
      { address, signal: new AbortController().signal, told: ({ sent }) => told.push(sent) });
    return { fileId: await upload.run(), told };
  } finally {
    Object.assign(globalThis, { XMLHttpRequest: realRequest, setTimeout: realTimeout });
  }
}

const checks = {
  async anUploadGoesOnFromWhatTheServerHasWheneverItIsCut() {
    const bytes = Uint8Array.from({ length: 3_000 }, (_, index) => index % 251);
    const server = uploadServer([700, 0, 900]);
    const { fileId } = await uploaded(server, bytes);
    isSame(fileId, 'f1');
    isSame(server.held, [...bytes]);
    isSame(server.asked, ['POST 0', 'PATCH 0', 'HEAD 700', 'PATCH 700', 'HEAD 700', 'PATCH 700', 'HEAD 1600', 'PATCH 1600']);
  },

  async anUploadThatTheServerForgotBeginsAnew() {
    const server = uploadServer([]);
    const { fileId, told } = await uploaded(server, new Uint8Array(10), '/api/v1/storage/tus/old');
    isSame([fileId, server.asked, told.at(-1)], ['f1', ['HEAD 0', 'POST 0', 'PATCH 0'], 10]);
  },

  async anUploadGivesUpWhereNoConnectionComes() {
    const server = uploadServer(Array(50).fill(0));
    const failure = await uploaded(server, new Uint8Array(10)).catch((each) => each);
    isSame([failure.status, failure.isPassing], [0, true]);
    isTrue(server.asked.length < 20, `it asked ${server.asked.length} times`);
  },

  async filesAreCheckedByWhatTheServerToldOfItsLimits() {
    const { refusalOf } = await load('file-rules');
    const rules = { maxSize: { image: 100, document: 10 }, allowedTypes: ['image/png', 'application/pdf', 'application/zip'] };
    const refused = (size, type) => refusalOf(new File([new Uint8Array(size)], 'a file', { type }), rules).replace(/[\u2068\u2069]/g, '');
    isSame([refused(100, 'image/png'), refused(10, 'application/pdf'), refused(10, 'application/x-zip-compressed')], ['', '', '']);
    isTrue(refused(0, 'image/png').includes('a file is empty'), 'empty');
    isTrue(refused(101, 'image/png').includes('too large'), 'too large');
    isTrue(refused(11, 'application/pdf').includes('too large'), 'a document that is too large');
    isTrue(refused(5, 'text/html').includes("can't be sent"), 'type');
    isSame(refusalOf(new File(['x'], 'x'), {}), '', 'while nothing is known the server says it');
  },

  async thumbnailsAreTakenInPlaceAndBringNothingBack() {
    const server = await started(6);
    const [message] = server.messages.slice(-1);
    const attachments = [{ id: 'f', thumbnailUrl: 't' }];
    const ready = () => {
      server.tell('message_thumbnails_ready', { conversationId: ID, messageId: message.id, attachments });
      server.hear();
    };
    ready();
    isSame(server.timeline.byId(message.id).content, { type: 'text', text: 'text 6', attachments });
    isSame(server.store.conversations.get(ID).lastMessage.content.attachments, attachments);
    server.delete(message);
    server.hear();
    ready();
    isSame([server.timeline.byId(message.id).status, server.timeline.byId(message.id).content.attachments], ['deleted', []]);
  },

  async theLastOfSeveralJumpsWins() {
    for (const order of [[0, 0], [1, 0]]) {
      const server = await started(60);
      const first = server.history.jump(ID, 'm20');
      const second = server.history.jump(ID, 'm40');
      for (const index of order) await server.answer(index);
      isSame([(await first).isTaken, (await second).isTaken], [undefined, true]);
      isSame(server.shown, [37, 38, 39, 40, 41, 42]);
    }
  },

  async aJumpWinsOverAPageThatIsUnderWay() {
    for (const order of [[0, 0], [1, 0]]) {
      const server = await started(60);
      server.history.loadOlder(ID);
      await soon();
      const jump = server.history.jump(ID, 'm20');
      await soon();
      for (const index of order) await server.answer(index);
      isSame((await jump).isTaken, true);
      isSame(server.shown, [17, 18, 19, 20, 21, 22]);
    }
  },

  async bothEdgesLoadAtOnceAndEachOnce() {
    const server = await started(60);
    const jump = server.history.jump(ID, 'm30');
    for (let times = 0; times < 3; times++) {
      server.history.loadOlder(ID);
      server.history.loadNewer(ID);
    }
    await server.answer();
    await jump;
    isSame(server.asked.length, 2);
    await server.settle();
    isSame([server.shown[0], server.shown.at(-1)], [21, 38]);
    isOneRun(server.shown);
  },

  async aJumpThatFailsLeavesWhatWasThere() {
    const server = await started(60);
    const jump = server.history.jump(ID, 'gone');
    await server.answer();
    isSame((await jump).failure.status, 404);
    isSame(server.shown.at(-1), 60);
    server.history.loadOlder(ID);
    await server.settle();
    isSame(server.shown.length, 2 * PAGE);
  },

  async whatIsSentWhileThePastIsShownStaysInOrder() {
    const server = await started(60);
    server.history.jump(ID, 'm20');
    await server.settle();
    const { timeline } = server;
    const sent = ['a', 'b', 'c'].map((tempId) => {
      timeline.addPending({ tempId, conversationId: ID, senderId: ME, content: { type: 'text', text: tempId }, createdAt: messageOf(1).createdAt });
      return tempId;
    });
    server.history.loadNewest(ID);
    isSame(timeline.entries.slice(-3).map(({ key }) => key), sent);
    for (const tempId of sent) {
      const message = server.post({ senderId: ME, content: { type: 'text', text: tempId } });
      server.events.length = 0;
      server.history.add({ ...message, tempId });
    }
    await server.settle();
    isSame(timeline.entries.slice(-4).map(({ content, local }) => [content.text, local]), [['text 60', undefined], ...sent.map((each) => [each, undefined])]);
  },

  /** Posts, edits, reactions, deletions, pages, jumps and the ways in which answers and events overtake each other. */
  async everyOrderOfEventsAndAnswersEndsWithWhatTheServerHas() {
    for (let seed = 1; seed <= 60; seed++) {
      const below = random(seed);
      const server = await started(12 + below(40));
      const any = () => server.messages[server.messages.length - 1 - below(Math.min(server.messages.length, 14))];
      const acts = [
        () => server.post(), () => server.post(), () => server.edit(any(), `edit ${below(1000)}`), () => server.edit(any(), `edit ${below(1000)}`),
        () => server.react(any(), String.fromCodePoint(0x1f600 + below(50))), () => below(4) || server.delete(any()),
        () => server.history.loadOlder(ID), () => server.history.loadNewer(ID), () => server.history.jump(ID, any().id),
        () => server.history.loadNewest(ID), () => server.hear(), () => server.hear(),
        () => server.mayOvertake && server.hear(1),
      ];
      for (let step = 0; step < 60; step++) {
        acts[below(acts.length)]();
        if (server.asked.length && !below(2)) await server.answer(below(server.asked.length));
        isSame(server.shown, [...server.shown].sort((one, other) => one - other), `seed ${seed}: `);
        if (server.timeline.gapAfter === null) isOneRun(server.shown, `seed ${seed}, step ${step}`);
      }
      await server.settle();
      if (!server.timeline.atEnd) server.history.loadNewest(ID);
      await server.settle();
      server.history.refresh(ID);
      await server.settle();
      server.history.stop();
      isSame(server.shown.at(-1), server.messages.length, `seed ${seed}: `);
      isOneRun(server.shown, `seed ${seed}`);
      for (const entry of server.timeline.entries) {
        const { content, status, reactions } = server.messages[entry.seq - 1];
        isSame([entry.content?.text, entry.status, entry.reactions], [content.text, status, reactions], `seed ${seed}, ${entry.id}: `);
      }
    }
  },

  async anEditIsKeptInEveryOrder() {
    // Asked for before the edit, answered after it was told; for the newest page, an older one, and one around a message.
    for (const [ask, seq] of [['loadNewest', 60], ['loadOlder', 54], ['jump', 20]]) {
      const server = await started(60);
      server.history[ask](ID, `m${seq}`);
      await soon();
      server.edit(server.messages[seq - 1], 'new');
      await server.settle();
      isSame(server.timeline.byId(`m${seq}`).content.text, 'new', `${ask}: `);
    }
    // Told before its message; and a stale answer to an action after it.
    const server = await started(6);
    const message = server.post();
    server.edit(message, 'new');
    server.hear(1);
    server.hear(0);
    isSame(server.timeline.byId(message.id).content.text, 'new', 'before its message: ');
    const since = server.updates.now;
    const stale = structuredClone(message);
    server.edit(message, 'newer');
    server.hear();
    server.updates.answered({ ...stale, reactions: [{ emoji: '👍', userIds: [ME], count: 1 }] }, since);
    isSame([server.timeline.byId('m7').content.text, server.timeline.byId('m7').reactions.length], ['newer', 1], 'after a stale answer: ');
    isSame(server.store.conversations.get(ID).lastMessage.content.text, 'newer', 'in the list: ');
    // Delivered is told before the answer to the send.
    server.timeline.addPending({ tempId: 't', conversationId: ID, senderId: ME, createdAt: messageOf(8).createdAt });
    server.updates.listen({ on: (event, hear) => event === 'message_delivered' && hear({ conversationId: ID, messageId: 'm8' }) });
    server.history.add(messageOf(8, { senderId: ME, tempId: 't' }));
    isSame(server.timeline.byId('m8').deliveryStatus, 'delivered');
  },

  async aConversationOpensWhereWhatIsUnreadBegins() {
    for (const [count, unread, own, firstShown] of [[60, 3, 0, 58], [300, 120, 0, 181], [300, 200, 30, 101], [80, 80, 0, 1]]) {
      const server = new Server(count);
      // Between what was read last and what is unread stand messages of one's own.
      const readUpTo = count - unread - own;
      server.messages.slice(readUpTo, readUpTo + own).forEach((message) => Object.assign(message, { senderId: ME }));
      server.unreadCount = unread;
      server.lastReadMessageId = readUpTo ? `m${readUpTo}` : null;
      const opened = server.history.open(ID, { count: unread, upTo: count });
      await server.settle();
      const first = await opened;
      isSame([first.seq, server.timeline.newFrom, server.timeline.newCount], [firstShown, first.key, unread], `${unread} of ${count}: `);
      isSame(!!server.timeline.byId(first.id), true);
      isOneRun(server.shown);
    }
  },

  async whoMissedMuchGoesOnWhereTheyWere() {
    const server = await started(60);
    server.lastReadMessageId = 'm60';
    for (let count = 0; count < 300; count++) server.post();
    server.events.length = 0; // the connection is lost
    server.unreadCount = 300;
    server.store.conversations.set(ID, { id: ID, isActive: true, unreadCount: 300, lastMessage: server.messages.at(-1) });
    server.history.suspectGaps();
    const refreshed = server.history.refresh(ID);
    await server.settle();
    await refreshed;
    isSame([server.timeline.newFrom, server.timeline.newCount, server.timeline.atEnd], ['m61', 300, false]);
    isOneRun(server.shown);
  },

  async addressesBecomeLinksAsTheyAreMeant() {
    const linked = (text) => linksIn(text).map(({ start, end }) => text.slice(start, end));
    const one = {
      'see https://a.example/x.': 'https://a.example/x',
      '(see https://a.example/x)': 'https://a.example/x',
      '(https://en.example/Foo_(bar))': 'https://en.example/Foo_(bar)',
      'https://en.example/Foo_(bar)': 'https://en.example/Foo_(bar)',
      'https://en.example/Foo_(bar)_(b).': 'https://en.example/Foo_(bar)_(b)',
      '[https://a.example/[1]]': 'https://a.example/[1]',
      '{https://a.example/}': 'https://a.example/',
      '"https://a.example/?q=1&r=2"': 'https://a.example/?q=1&r=2',
      '<https://a.example/>': 'https://a.example/',
      '“https://a.example/”': 'https://a.example/',
      "'https://a.example/'": 'https://a.example/',
      '*https://a.example/*': 'https://a.example/',
      'https://a.example/what?!': 'https://a.example/what',
      'https://a.example/…': 'https://a.example/',
      'HTTPS://A.EXAMPLE/Path': 'HTTPS://A.EXAMPLE/Path',
      'Http://a.example': 'Http://a.example',
      '見て https://a.example/。次': 'https://a.example/',
      '（https://a.example/）を': 'https://a.example/',
      'https://ja.example/東京（曖昧）。': 'https://ja.example/東京（曖昧）',
      '「https://a.example/」、': 'https://a.example/',
      'https://a.example/，好': 'https://a.example/',
      'https://a.example．': 'https://a.example',
      'https://a.example！': 'https://a.example',
      '看https://a.example/看': 'https://a.example/看',
      'https://müller.example/straße?ä=ö#ü': 'https://müller.example/straße?ä=ö#ü',
      'https://例え.テスト/道': 'https://例え.テスト/道',
      'https://xn--mller-kva.example/': 'https://xn--mller-kva.example/',
      'https://a.example:8443/a;b=c,d~e': 'https://a.example:8443/a;b=c,d~e',
      'https://[::1]:8080/x]': 'https://[::1]:8080/x',
      'https://a.example/@name': 'https://a.example/@name',
      'https://a.example/x\u202Egpj': 'https://a.example/x',
      'https://a.example/\nnext': 'https://a.example/',
    };
    for (const [text, address] of Object.entries(one)) isSame(linked(text), [address], `${text}: `);
    for (const text of ['https://', 'https:// a', 'xhttps://a.example', 'javascript:alert(1)', 'JAVASCRIPT://a.example/%0aalert(1)', 'data:text/html,x',
      'ftp://a.example', 'https://bank.example@evil.example/', 'https://u:p@evil.example', 'vbscript:x', 'http:/a', 'https://%zz', 'https://...']) {
      isSame(linked(text), [], `${text}: `);
    }
    isSame(linked('http://a.example,https://b.example/;http://c.example'), ['http://a.example,https://b.example/;http://c.example']);
    isSame(linked('http://a.example, https://b.example/; x http://c.example!'), ['http://a.example', 'https://b.example/', 'http://c.example']);
    isSame(linksIn('HTTPS://Müller.example/')[0].href, 'https://xn--mller-kva.example/');
  },

  async anyTextIsReadInOneGo() {
    const many = 100_000;
    const texts = ['.', ')', '(', '()', ')(', '）', '（', '.)', '!?.,', '。', 'https://', 'https://a/.', 'http://(', 'HTTP', ' https://a/)', '@', '%', '\u202E', '😀', 'a'];
    for (const text of texts.flatMap((part) => ['', 'x', ' x'].map((end) => `https://a/${part.repeat(many / part.length)}${end}`))) {
      let last = 0;
      for (const { start, end, href } of linksIn(text)) {
        if (start < last || end <= start || end > text.length || !/^https?:/.test(href)) throw new Error(`${text.slice(0, 20)}: ${start} to ${end}`);
        last = end;
      }
    }
  },
};
