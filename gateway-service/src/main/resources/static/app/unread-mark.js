let shown = 0;

/** Says in the page's title and at its icon, where it is installed as an application, how many messages wait to be read. */
export function markUnread(count) {
  document.title = count ? `(${count}) Parley` : 'Parley';
  if (count === shown || !navigator.setAppBadge) return;
  shown = count;
  (count ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => {}); // it is not installed
}
