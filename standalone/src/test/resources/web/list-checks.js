// What HistoryTest runs in a page of the web client, by the names of its tests. A check that throws fails its test.
const load = (module) => import(`/app/${module}.js`);
const { Store } = await load('store');
const { Timeline } = await load('timeline');
const { messageListView } = await load('views/message-list');
const { Reading } = await load('reading');
const { dayName } = await load('format');
const { lastSeenText } = await load('people');

const ID = 'conversation';
const ME = 'me';
const MANY = 2_000;
const WORD = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenhersteller'.repeat(4);
const HEBREW = 'שלום עולם, זו הודעה ארוכה למדי';

function isSame(actual, expected, what = '') {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${what} expected ${other} but was ${one}`);
}

function isTrue(condition, what) {
  if (!condition) throw new Error(what);
}

const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
const frames = async (count = 3) => {
  for (let each = 0; each < count; each++) await frame();
};

async function until(condition, what) {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 500) throw new Error(`never: ${what}`);
    await frame();
  }
}

/** The signed address of a file, as a server that is known by another name gives it. */
const own = (id, variant) => `http://elsewhere.example:8080/api/v1/storage/content/${id}?variant=${variant}&expires=${Math.floor(Date.now() / 1000) + 900}&signature=x`;

function messageOf(seq, more = {}) {
  return {
    id: `m${seq}`, conversationId: ID, seq, senderId: seq % 3 ? 'other' : ME, sender: { displayName: 'Other' }, content: { type: 'text', text: `text ${seq}` },
    reactions: [], status: 'sent', deliveryStatus: 'sent', createdAt: new Date(1_700_000_000_000 + seq * 60_000).toISOString(), ...more,
  };
}

const pageOf = (from, to, more) => ({
  data: Array.from({ length: to - from + 1 }, (_, index) => messageOf(to - index, more)), meta: { nextCursor: from > 1 ? `${from}` : null, prevCursor: `${to}`, hasMore: false },
});

/** A history of its own over the page, with nobody behind it. */
async function opened({ from = 1, to, unread = 0, more, isAttended = true }) {
  document.querySelector('#check')?.remove();
  const pane = document.createElement('main'); // menus stand in it
  pane.id = 'check';
  pane.className = 'opened';
  pane.style.cssText = 'position: fixed; inset: 0; background: var(--ground); z-index: 9';
  document.body.append(pane);
  const store = new Store();
  store.me = { id: ME };
  store.activeId = ID;
  store.conversations.set(ID, { id: ID, isActive: true, conversationType: 'group', unreadCount: unread, lastMessage: messageOf(to), participants: [] });
  const timeline = new Timeline();
  store.timelines.set(ID, timeline);
  timeline.start(pageOf(from, to, more));
  timeline.markNew(unread ? timeline.entries.at(-unread) : null, unread);
  const asked = [];
  const told = [];
  const api = { markRead: async (_, messageId) => told.push(messageId) };
  const reading = new Reading(api, { isConnected: false }, store);
  let attended = isAttended;
  Object.defineProperty(reading, 'isAttended', { get: () => attended });
  const note = (what) => () => asked.push(what);
  const view = messageListView({
    history: { loadOlder: note('older'), loadNewer: note('newer'), loadNewest: note('newest') }, reading, actions: { mayEdit: () => true, mayDeleteForAll: () => true },
    jumpTo: note('jump'), sending: {}, renewals: { message: async (id) => asked.push(`renew ${id}`) }, uploads: { watch: () => () => {} },
  }, store);
  pane.append(view.element);
  view.show();
  timeline.opened = {};
  store.changed('timeline');
  await frames();
  const scroller = pane.querySelector('.scroll');
  const row = (seq) => pane.querySelector(`[data-message-id=m${seq}]`);
  return {
    pane, store, timeline, reading, asked, told, scroller, row, view,
    attend(isSo) {
      attended = isSo;
      dispatchEvent(new Event('focus'));
    },
    async change(act) {
      act();
      store.changed('timeline');
      await frames();
    },
    press: (key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })),
    close() {
      view.stop();
      pane.remove();
    },
  };
}

/** How many nodes an action adds, takes away or changes, and how many places it reads from the layout. */
async function touched(list, act) {
  const seen = { added: 0, removed: 0, changed: 0, measured: 0 };
  const measure = Element.prototype.getBoundingClientRect;
  Element.prototype.getBoundingClientRect = function measured() {
    seen.measured++;
    return measure.call(this);
  };
  const observer = new MutationObserver((records) => records.forEach(({ type, addedNodes, removedNodes }) => {
    seen.added += addedNodes.length;
    seen.removed += removedNodes.length;
    if (type === 'attributes') seen.changed++;
  }));
  observer.observe(list, { subtree: true, childList: true, attributes: true });
  const started = performance.now();
  await act();
  observer.disconnect();
  Element.prototype.getBoundingClientRect = measure;
  return { ...seen, millis: performance.now() - started };
}

const isInside = (inner, outer) => inner.left >= outer.left - 0.5 && inner.right <= outer.right + 0.5 && inner.top >= outer.top - 0.5 && inner.bottom <= outer.bottom + 0.5;

/** Everything within its bubble, every bubble within the history, and the page as large as its window. */
function isInFrame(check, what) {
  const frameBox = check.scroller.getBoundingClientRect();
  for (const bubble of check.pane.querySelectorAll('.bubble')) {
    const box = bubble.getBoundingClientRect();
    isTrue(box.left >= frameBox.left && box.right <= frameBox.right, `${what}: a bubble leaves the history: ${bubble.innerText.slice(0, 40)}`);
    for (const part of bubble.querySelectorAll('.text, .meta, time, .quote')) {
      for (const rect of part.getClientRects()) isTrue(isInside(rect, box), `${what}: .${part.className} leaves its bubble: ${bubble.innerText.slice(0, 40)}`);
    }
  }
  for (const tools of check.pane.querySelectorAll('.tools')) {
    const [box, row] = [tools.getBoundingClientRect(), tools.closest('li').getBoundingClientRect()];
    isTrue(box.left >= row.left - 8 && box.right <= row.right + 8, `${what}: the tools of a message are cut off`);
  }
  isTrue(check.scroller.scrollWidth <= check.scroller.clientWidth, `${what}: the history scrolls sideways`);
  isFramed(what);
}

function isFramed(what) {
  const { scrollingElement } = document;
  for (const element of [scrollingElement, ...document.querySelectorAll('.history, .opened, .shell')]) {
    isTrue(element.scrollHeight <= element.clientHeight && element.scrollWidth <= element.clientWidth, `${what}: ${element.className || 'the page'} scrolls`);
  }
}

const checks = {
  async timesStayInTheirBubblesAtEveryWidth() {
    const texts = ['ok', WORD, `${WORD} ${WORD}`, 'a '.repeat(200), HEBREW, `${HEBREW} `.repeat(6), `https://a.example/${'x'.repeat(300)}`, 'line\n'.repeat(6), '12345 '.repeat(9), '👍', 'm'.repeat(61)];
    const more = (seq) => ({
      content: { type: 'text', text: texts[seq % texts.length] }, isEdited: seq % 2 === 0, editedAt: '2026-01-01T00:00:00Z', isPinned: seq % 5 === 0, isStarred: seq % 7 === 0,
      replyTo: seq % 4 ? undefined : { messageId: 'm1', senderName: WORD, contentPreview: `${HEBREW} ${WORD}` }, sender: { displayName: seq % 2 ? WORD : HEBREW },
      reactions: seq % 6 ? [] : [{ emoji: '👍', userIds: [ME], count: 12 }],
    });
    const check = await opened({ to: 66 });
    await check.change(() => check.timeline.patch((entry) => more(entry.seq)));
    for (const width of [1280, 844, 721, 540, 390, 320, 240]) {
      check.pane.style.width = `${width}px`;
      for (let top = 0; top < check.scroller.scrollHeight; top += check.scroller.clientHeight) {
        check.scroller.scrollTop = top;
        await frames(1);
        isInFrame(check, `at ${width}`);
      }
    }
    check.close();
  },

  async nothingHiddenMakesThePageScroll() {
    const check = await opened({ to: 300 });
    isFramed('at the end');
    check.scroller.scrollTop = 0;
    await frames();
    isFramed('at the start');
    check.close();
    document.querySelectorAll('.visually-hidden').forEach((element) => element.scrollIntoView());
    isSame([scrollY, document.scrollingElement.scrollTop], [0, 0]);
  },

  async aLongHistoryIsDrawnOnlyWhereItChanges() {
    const check = await opened({ from: 101, to: MANY + 100 });
    const list = check.pane.querySelector('[data-testid=messages]');
    isSame(list.querySelectorAll('[data-testid=message]').length, MANY);
    const { timeline, store } = check;
    const patch = (seq, change) => () => check.change(() => timeline.patch((entry) => (entry.seq === seq ? change : null)));
    const acts = {
      nothing: () => frames(),
      'a new message': () => check.change(() => timeline.merge([messageOf(MANY + 101)])),
      'an edit': patch(1_000, { content: { type: 'text', text: 'other' }, isEdited: true, editedAt: '2026-01-01T00:00:00Z' }),
      'a reaction': patch(1_500, { reactions: [{ emoji: '👍', userIds: [ME], count: 1 }] }),
      'a receipt': patch(MANY - (MANY % 3), { deliveryStatus: 'read' }),
      'a deletion': patch(1_200, { status: 'deleted' }),
      typing: () => check.change(() => store.typing.set(ID, new Map([['other', 'Other']]))),
      'a send': () => check.change(() => timeline.addPending({ ...messageOf(MANY + 102), id: undefined, tempId: 't', senderId: ME })),
      'a page again': () => check.change(() => timeline.renew(pageOf(MANY + 61, MANY + 101).data)),
      'a search up': () => check.change(() => Object.assign(check.scroller, { scrollTop: 4_000 })),
    };
    const figures = {};
    for (const [name, act] of Object.entries(acts)) {
      const seen = await touched(list, act);
      figures[name] = seen;
      isTrue(seen.added + seen.removed + seen.changed <= 24, `${name}: ${JSON.stringify(seen)}`);
      isTrue(seen.measured <= 120, `${name}: ${JSON.stringify(seen)}`);
    }
    const older = await touched(list, () => check.change(() => timeline.prepend(pageOf(61, 100))));
    isTrue(older.removed + older.changed <= 8, `an older page: ${JSON.stringify(older)}`);
    const hidden = [...list.querySelectorAll('.message')].filter((each) => !each.firstElementChild.checkVisibility({ contentVisibilityAuto: true })).length;
    isTrue(hidden > MANY * 0.9, `${hidden} of ${MANY} are neither laid out nor painted`);
    check.close();
    return figures;
  },

  /** Leaves a long history and what can be done in it on the page, for `LongHistoryBench`. */
  async openTheBench() {
    const check = await opened({ from: 1_001, to: MANY + 1_000 });
    const { timeline, store, scroller } = check;
    const patch = (change) => (turn) => check.change(() => timeline.patch(({ seq }) => (seq === MANY + 1_000 - 7 * turn ? change(turn) : null)));
    const acts = {
      nothing: () => frames(),
      'a new message': (turn) => check.change(() => timeline.merge([messageOf(MANY + 1_001 + turn)])),
      'an edit': patch((turn) => ({ content: { type: 'text', text: `other ${turn}` }, isEdited: true, editedAt: new Date().toISOString() })),
      'a reaction': patch(() => ({ reactions: [{ emoji: '👍', userIds: [ME], count: 1 }] })),
      'a receipt': patch(() => ({ deliveryStatus: 'read' })),
      'a deletion': patch(() => ({ status: 'deleted' })),
      typing: (turn) => check.change(() => store.typing.set(ID, turn % 2 ? new Map() : new Map([['other', 'Other']]))),
      'a send': (turn) => check.change(() => timeline.addPending({ ...messageOf(MANY + 2_001 + turn), id: undefined, tempId: `t${turn}`, senderId: ME })),
      'a page of the past': (turn) => check.change(() => timeline.prepend(pageOf(961 - 40 * turn, 1_000 - 40 * turn))),
      'a scroll': (turn) => check.change(() => Object.assign(scroller, { scrollTop: 3_000 * turn + 1_000 })),
    };
    window.bench = { names: Object.keys(acts), act: (name, turn) => acts[name](turn).then(() => true) };
    return window.bench.names;
  },

  async whatIsReadStaysInPlaceWhenOlderMessagesCome() {
    const check = await opened({ from: 201, to: 300 });
    check.scroller.scrollTop = 300;
    await frames();
    const first = [...check.pane.querySelectorAll('[data-testid=message]')].find((each) => each.getBoundingClientRect().top > 100);
    const { top } = first.getBoundingClientRect();
    for (const from of [161, 121, 81]) await check.change(() => check.timeline.prepend(pageOf(from, from + 39)));
    await check.change(() => check.timeline.merge([messageOf(301)]));
    isTrue(Math.abs(first.getBoundingClientRect().top - top) <= 2, `moved from ${top} to ${first.getBoundingClientRect().top}`);
    check.close();
  },

  async whatIsUnreadIsReadAsItComesOnTheScreen() {
    const check = await opened({ to: 400, unread: 300 });
    const seenSeq = () => Number(check.told.at(-1)?.slice(1) ?? 0);
    const divider = check.pane.querySelector('[data-testid=new-messages]');
    isSame(divider.textContent, '300 unread');
    const { top } = check.scroller.getBoundingClientRect();
    isTrue(divider.getBoundingClientRect().top >= top && divider.getBoundingClientRect().top < top + 200, `the divider is at ${divider.getBoundingClientRect().top}`);
    isTrue(seenSeq() > 100 && seenSeq() < 150, `read up to ${seenSeq()}`);
    isSame([check.pane.querySelector('[data-testid=jump]').hidden, check.pane.querySelector('[data-testid=below]').textContent], [false, '300']);
    const before = seenSeq();
    check.attend(false);
    check.scroller.scrollTop += 600;
    await frames();
    isSame(seenSeq(), before, 'without the focus: ');
    check.attend(true);
    await frames();
    isTrue(seenSeq() > before && seenSeq() < 200, `read up to ${seenSeq()}`);
    check.pane.querySelector('[data-testid=jump]').click();
    await frames();
    isSame([seenSeq(), check.pane.querySelector('[data-testid=jump]').hidden], [400, true]);
    check.close();
  },

  async aJumpPastWhatIsUnreadReadsNothing() {
    const check = await opened({ to: 400, unread: 300 });
    const before = check.told.at(-1);
    await check.change(() => {
      check.reading.jumped(ID, 300);
      check.store.target = { messageId: 'm300' };
    });
    const box = check.row(300).getBoundingClientRect();
    isTrue(box.top > 0 && box.bottom < innerHeight, 'the message is not in view');
    isSame(check.told.at(-1), before);
    check.close();
  },

  async whatComesWhileNobodyLooksIsNotScrolledPast() {
    const check = await opened({ to: 100 });
    isSame(check.told.at(-1), 'm100');
    check.attend(false);
    for (let seq = 101; seq <= 130; seq++) await check.change(() => check.timeline.merge([messageOf(seq, { senderId: 'other' })]));
    const box = check.row(101).getBoundingClientRect();
    isTrue(box.top >= 0 && box.bottom < innerHeight, 'the first that came is not in view');
    isSame(check.pane.querySelector('[data-testid=new-messages]').textContent, '30 unread');
    isSame(check.told.at(-1), 'm100');
    check.attend(true);
    await frames();
    const seen = Number(check.told.at(-1).slice(1));
    isTrue(seen >= 101 && seen < 130, `read up to ${seen}`);
    check.close();
  },

  async whatComesAtOnceIsNotScrolledPast() {
    const check = await opened({ to: 100 });
    const came = Array.from({ length: 60 }, (_, index) => messageOf(101 + index, { senderId: 'other' }));
    await check.change(() => check.timeline.merge(came));
    const box = check.row(101).getBoundingClientRect();
    isTrue(box.top >= 0 && box.bottom < innerHeight, 'the first that came is not in view');
    isSame(check.pane.querySelector('[data-testid=new-messages]').textContent, '60 unread');
    const seen = Number(check.told.at(-1).slice(1));
    isTrue(seen >= 101 && seen < 150, `read up to ${seen}`);
    check.close();
  },

  async whoHasReadToTheEndFollowsWhatComes() {
    const check = await opened({ to: 100, unread: 2 });
    const tall = (seq) => ({ senderId: 'other', content: { type: 'text', text: seq % 10 ? 'short' : 'line\n'.repeat(12) } });
    for (let seq = 101; seq <= 125; seq++) {
      await check.change(() => check.timeline.merge([messageOf(seq, tall(seq))]));
      isTrue(check.scroller.scrollHeight - check.scroller.scrollTop - check.scroller.clientHeight <= 1, `m${seq} is not followed`);
    }
    isSame(check.told.at(-1), 'm125');
    check.scroller.scrollTop -= 400;
    await frames();
    const { scrollTop } = check.scroller;
    await check.change(() => check.timeline.merge([messageOf(126, { senderId: 'other' })]));
    isSame([check.scroller.scrollTop, check.told.at(-1)], [scrollTop, 'm125'], 'who reads further up stays there: ');
    check.close();
  },

  async nothingMovesUnderAPressedPointer() {
    const check = await opened({ to: 100 });
    const button = check.row(98).querySelector('[data-testid=message-menu]');
    const { top } = button.getBoundingClientRect();
    const pointer = (type, more) => button.dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0, ...more }));
    pointer('pointerdown');
    await check.change(() => check.timeline.merge([messageOf(101), messageOf(102)]));
    isSame([button.isConnected, button.getBoundingClientRect().top, !!check.row(102)], [true, top, false]);
    pointer('pointerup');
    await frames();
    isTrue(!!check.row(102), 'what came is not drawn after the release');
    pointer('pointerdown', { button: 2 });
    await check.change(() => check.timeline.merge([messageOf(103)]));
    isTrue(!!check.row(103), 'a right click holds up what comes');
    check.close();
  },

  async theHistoryIsOneTabStop() {
    const more = { content: { type: 'text', text: 'see https://a.example/ and https://b.example/' }, replyTo: { messageId: 'm1', contentPreview: 'x' }, reactions: [{ emoji: '👍', userIds: [ME], count: 1 }] };
    const check = await opened({ to: 60, more });
    const stops = () => [...check.scroller.querySelectorAll('*')].filter((each) => each.tabIndex >= 0).map((each) => each.dataset.messageId);
    isSame(check.scroller.getAttribute('role'), 'log');
    isSame(stops(), ['m60']);
    check.row(60).focus();
    const at = () => document.activeElement.dataset.messageId;
    const walked = [];
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowDown', 'Home', 'ArrowUp', 'End']) {
      check.press(key);
      walked.push(at());
    }
    isSame(walked, ['m59', 'm58', 'm59', 'm1', 'm1', 'm60']);
    isSame(stops(), ['m60']);
    check.press('PageUp');
    const page = Number(at().slice(1));
    isTrue(page < 60 && page > 30, `a page up leads to ${page}`);
    const box = document.activeElement.getBoundingClientRect();
    isTrue(box.top >= check.scroller.getBoundingClientRect().top - 1, 'what has the focus is not in view');
    check.press('PageDown');
    isSame(at(), 'm60');
    // In a message and back.
    const within = [];
    for (let step = 0; step < 4; step++) {
      check.press('ArrowRight');
      within.push(document.activeElement.dataset.testid ?? document.activeElement.tagName);
    }
    isSame(within.slice(0, 3), ['quote', 'A', 'A']);
    check.press('Escape');
    isSame(at(), 'm60');
    await frames(); // scrolling closes menus
    check.press('Enter');
    await frames();
    isTrue(!!document.querySelector('[role=menu]'), 'Enter opens no menu');
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    isTrue(check.row(60).contains(document.activeElement), 'the focus is lost with the menu');
    check.close();
  },

  async theFocusStaysWhateverIsDrawn() {
    const check = await opened({ from: 41, to: 100, more: { reactions: [{ emoji: '👍', userIds: ['other'], count: 1 }, { emoji: '🎉', userIds: ['other'], count: 1 }] } });
    const { timeline } = check;
    const events = {
      'a new message': () => timeline.merge([messageOf(101)]),
      'an older page': () => timeline.prepend(pageOf(1, 40)),
      'an edit': () => timeline.patch((entry) => (entry.seq === 90 ? { content: { type: 'text', text: 'other' }, isEdited: true } : null)),
      'a reaction': () => timeline.patch((entry) => (entry.seq === 90 ? { reactions: [{ emoji: '👍', userIds: ['other', ME], count: 2 }, { emoji: '🎉', userIds: ['other'], count: 1 }] } : null)),
      'a receipt': () => timeline.patch((entry) => (entry.seq === 90 ? { deliveryStatus: 'read' } : null)),
      'the one before goes': () => timeline.removeById('m89'),
    };
    for (const where of ['', '[data-emoji="🎉"]', '[data-testid=ticks]', '[data-testid=message-menu]']) {
      for (const [name, event] of Object.entries(events)) {
        const target = where ? check.row(90).querySelector(where) : check.row(90);
        target.focus();
        await check.change(event);
        isTrue(document.activeElement.matches(where || '[data-message-id=m90]') && check.row(90).contains(document.activeElement), `${name}, ${where}: ${document.activeElement.outerHTML.slice(0, 90)}`);
      }
    }
    check.row(90).focus();
    await check.change(() => timeline.removeById('m90'));
    isSame(document.activeElement.dataset.messageId, 'm91');
    check.close();
  },

  async namesAndTextsKeepTheirDirectionToThemselves() {
    const check = await opened({ to: 4, more: { senderId: 'other', sender: { displayName: `${HEBREW}\u202E` }, content: { type: 'text', text: HEBREW }, replyTo: { messageId: 'm1', senderName: HEBREW, contentPreview: HEBREW } } });
    for (const name of check.pane.querySelectorAll('.sender, .quote-name')) isTrue(!!name.querySelector('bdi') || name.dir === 'auto', `not isolated: ${name.outerHTML}`);
    for (const text of check.pane.querySelectorAll('[data-testid=text]')) isSame([text.dir, getComputedStyle(text.parentElement).direction], ['auto', 'rtl']);
    check.close();
  },

  async aPictureHasItsPlaceBeforeItIsThere() {
    const picture = (more) => ({ id: 'f', type: 'image', filename: 'photo.jpg', mimeType: 'image/jpeg', size: 4_000_000, url: own('f', 'original'), ...more });
    const check = await opened({ to: 3, more: { senderId: 'other', content: { type: 'attachment', attachments: [picture({ dimensions: { width: 4_000, height: 3_000 } })] } } });
    const image = check.row(1).querySelector('.picture img');
    const places = () => [1, 2, 3].map((seq) => check.row(seq).getBoundingClientRect().height);
    const before = places();
    isSame([image.width, image.height], [320, 240]);

    await check.change(() => check.timeline.patch(() => ({ content: { type: 'attachment', attachments: [picture({ dimensions: { width: 4_000, height: 3_000 }, thumbnailUrl: own('f', 'thumbnail') })] } })));
    isTrue(check.row(1).querySelector('.picture img') === image, 'the picture was made anew');
    isSame(places(), before, 'when the thumbnail is there');
    await until(() => check.asked.includes('renew m1'), 'a picture that does not come is asked for again');
    isSame(places(), before, 'when the picture does not come');
    check.close();
  },

  async aPictureOfUnknownSizeKeepsThePlaceThatItWasGiven() {
    const picture = (more) => ({ content: { type: 'attachment', attachments: [{ id: 'f', type: 'image', filename: 'a.gif', mimeType: 'image/gif', size: 900, url: own('f', 'original'), ...more }] } });
    const check = await opened({ to: 2, more: picture() });
    const before = check.row(1).getBoundingClientRect().height;
    await check.change(() => check.timeline.patch(() => picture({ dimensions: { width: 900, height: 100 } })));
    isSame(check.row(1).getBoundingClientRect().height, before);
    check.close();
  },

  async anOwnFileIsAskedOfThisPagesOriginWhateverHostIsNamed() {
    const attachments = [
      { id: 'f', type: 'image', filename: 'a.jpg', mimeType: 'image/jpeg', size: 9, url: own('f', 'original') },
      { id: 'g', type: 'document', filename: 'a.pdf', mimeType: 'application/pdf', size: 9, url: own('g', 'original') },
    ];
    const check = await opened({ to: 1, more: { content: { type: 'attachment', attachments } } });
    const addresses = [check.row(1).querySelector('.picture img').src, check.row(1).querySelector('a.file').href];
    isSame(addresses.map((address) => new URL(address).origin), [location.origin, location.origin]);
    isSame(new URL(addresses[0]).searchParams.get('signature'), 'x');
    check.close();
  },

  async whatIsKeptElsewhereIsALinkAndNeverLoaded() {
    const urls = ['https://example.org/cat.jpg', 'http://example.org/cat.jpg', 'javascript:alert(1)', '/api/v1/users/me'];
    for (const type of ['image', 'video', 'audio', 'document']) {
      const attachments = urls.map((url, index) => ({ id: `${index}`, type, filename: `cat ${index}`, mimeType: 'image/jpeg', size: 9, url, thumbnailUrl: url }));
      const check = await opened({ to: 1, more: { content: { type: 'attachment', attachments } } });
      isSame(check.row(1).querySelectorAll('img, video, audio, source').length, 0, `what is loaded for ${type}`);
      isSame([...check.row(1).querySelectorAll('a')].map((link) => [link.href, link.rel]), [[urls[0], 'noopener noreferrer nofollow']], type);
      check.close();
    }
  },

  async aMessageWithFilesSaysInOneLineWhatTheyAre() {
    const { previewOf } = await load('people');
    const of = (...attachments) => previewOf({ content: { attachments } });
    const [photo, film, voice, song, sheet] = [['image', 'IMG.jpg'], ['video', 'a.mp4'], ['audio', 'Voice message.webm'], ['audio', 'song.mp3'], ['document', 'a.pdf']]
      .map(([type, filename]) => ({ type, filename }));
    isSame([of(photo), of(film), of(voice), of(song), of(sheet), of(photo, photo), of(photo, sheet, film)],
      ['Photo', 'Video', 'Voice message', 'song.mp3', 'a.pdf', '2 photos', '3 files']);
    isSame(previewOf({ content: { text: 'Words', attachments: [photo] } }), 'Words');
    isSame(previewOf({ status: 'deleted', content: { attachments: [] } }), 'Message deleted');
  },

  async daysAreThoseOfTheServerWhateverTheClockSays() {
    const { heardServerTime, serverNow } = await load('clock');
    const RealDate = Date;
    const real = RealDate.now();
    try {
      for (const skew of [-400, -3, 2, 90].map((days) => days * 86_400_000)) {
        globalThis.Date = class extends RealDate {
          constructor(...values) {
            super(...(values.length ? values : [real + skew]));
          }
          static now() {
            return real + skew;
          }
        };
        heardServerTime(new RealDate(real).toUTCString());
        isTrue(Math.abs(serverNow() - real) < 5_000, `the server's time is off by ${serverNow() - real}`);
        isSame([dayName(new RealDate(real).toISOString()), dayName(new RealDate(real - 86_400_000).toISOString())], ['Today', 'Yesterday']);
        isSame([lastSeenText(new RealDate(real).toISOString()), lastSeenText(new RealDate(real - 330_000).toISOString())], ['last seen just now', 'last seen 5 min ago']);
      }
    } finally {
      globalThis.Date = RealDate;
    }
    const before = serverNow();
    const { request } = await load('http');
    await request('GET', '/config').catch(() => {});
    const { headers } = await fetch('/api/v1/config');
    isTrue(Math.abs(Date.parse(headers.get('Date')) - before) < 10_000, `the gateway says ${headers.get('Date')}`);
  },
};
