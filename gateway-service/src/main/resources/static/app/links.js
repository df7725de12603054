/** What stands in front of a scheme that is part of a longer word: `xhttps://` is no address. */
const START = /(?<![A-Za-z0-9+.-])https?:\/\//gi;
/** No address goes on past these: blanks, quotes, marks that steer the direction of text, and full-width stops and brackets. */
const END = /[\s<>"`\p{Cc}\u061C\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069“”„«»、。，．：；！？｡､「」『』【】《》〈〉〔〕]/u;
/** What ends a sentence is rarely part of the address before it. */
const TRAILING = new Set([...".,;:!?'*_~…’‘،؛؟।"]);
const OPENERS = { ')': '(', ']': '[', '}': '{', '）': '（' };

/**
 * The web addresses in a text, in order: `{start, end, href}`. Each character is looked at a fixed number of times, however the
 * text was made.
 */
export function linksIn(text) {
  const links = [];
  let from = 0;
  START.lastIndex = 0;
  for (let match; (match = START.exec(text)); START.lastIndex = from) {
    const run = runFrom(text, match.index);
    from = match.index + run.length;
    const address = withoutEnd(run);
    const url = parsed(address);
    if (url) links.push({ start: match.index, end: match.index + address.length, href: url.href });
  }
  return links;
}

function runFrom(text, start) {
  let end = start;
  let open = 0; // a full-width bracket belongs to the sentence unless the address opened it
  while (end < text.length && !END.test(text[end])) {
    if (text[end] === '（') open++;
    if (text[end] === '）' && --open < 0) break;
    end++;
  }
  return text.slice(start, end);
}

/** A closing bracket at the end is part of the address if the address opened it. */
function withoutEnd(run) {
  const count = {};
  for (const character of run) count[character] = (count[character] ?? 0) + 1;
  let end = run.length;
  for (; end > 0; end--) {
    const last = run[end - 1];
    const opener = OPENERS[last];
    const belongs = opener ? (count[opener] ?? 0) >= count[last] : !TRAILING.has(last) && !Object.values(OPENERS).includes(last);
    if (belongs) break;
    count[last]--;
  }
  return run.slice(0, end);
}

/** Null also for an address with a user's name in it, which passes one host off as another. */
function parsed(address) {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return url.hostname && !url.username && !url.password ? url : null;
}
