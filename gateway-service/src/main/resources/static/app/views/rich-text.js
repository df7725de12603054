import { h } from '../dom.js';
import { linksIn } from '../links.js';

/** Text with its web addresses as links; everything is a text node or a link's text, never markup. */
export function richText(text) {
  const parts = [];
  let shown = 0;
  for (const { start, end, href } of linksIn(text)) {
    // The title tells the host as the network knows it: letters of another script may look like it.
    parts.push(text.slice(shown, start),
      h('a', { href, title: href, target: '_blank', rel: 'noopener noreferrer nofollow', dir: 'ltr', tabindex: '-1' }, text.slice(start, end)));
    shown = end;
  }
  return [...parts, text.slice(shown)];
}
