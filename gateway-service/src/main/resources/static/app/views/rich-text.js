import { h } from '../dom.js';

const WEB_ADDRESS = /https?:\/\/[^\s<>"]+/g;
/** What ends a sentence is rarely part of the address before it. */
const TRAILING = /[.,;:!?'")\]}]+$/;

/** Text with its web addresses as links; everything is a text node or a link's text, never markup. */
export function richText(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(WEB_ADDRESS)) {
    const address = match[0].replace(TRAILING, '');
    if (!URL.canParse(address)) continue;
    parts.push(text.slice(end, match.index), h('a', { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' }, address));
    end = match.index + address.length;
  }
  return [...parts, text.slice(end)];
}
