const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  compose: 'M4 20h4L19 9a2.8 2.8 0 0 0-4-4L4 16v4zM13.5 6.500l4 4',
  group: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.300a3.5 3.5 0 0 1 0 6.400M18 14.500a6.5 6.5 0 0 1 3.5 5.5',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.500 20.500a7.500 7.500 0 0 1 15 0',
  settings: 'M3.500 7.500h9.500M18 7.500h2.500M15.500 10a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM3.500 16.500h2.500M11 16.500h9.500M8.500 19a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  back: 'M15 5l-7 7 7 7',
  send: 'M4 12l16-8-6 16-3-6.500L4 12zM11 13.500L20 4',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.500l4.5 4.500L19 7.5',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2',
  alert: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.500v5.500M12 16.200v.1',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.500L20 20',
  signOut: 'M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M10 8l-4 4 4 4M6 12h9',
  checks: 'M1.500 13l4 4L14 7.500M10.500 15.500L12 17l9.500-9.500',
  more: 'M12 5.500v.1M12 12v.1M12 18.500v.1',
  reply: 'M10 6l-6 6 6 6M4.500 12H14a6 6 0 0 1 6 6v1',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.500 14a4.500 4.500 0 0 0 7 0M9 9.500v.1M15 9.500v.1',
  star: 'M12 3.500l2.600 5.400 5.900.8-4.300 4.100 1 5.900-5.200-2.800-5.200 2.800 1-5.900-4.300-4.100 5.900-.8z',
  pin: 'M9 3.500h6l-.8 6.500 3.300 3.500v1.500h-11v-1.500L9.800 10zM12 15v6',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15zM10 20.500h4',
  bellOff: 'M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15zM10 20.500h4M3.500 3.500l17 17',
  leave: 'M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M4 12h10M10 8l4 4-4 4',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.800v.1',
  broom: 'M4 20h16M6 20l1-7h10l1 7M12 13V4',
  userPlus: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.500 20a6.500 6.500 0 0 1 13 0M19 8v6M16 11h6',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  clip: 'M20 11.500l-8 8a5.300 5.300 0 0 1-7.500-7.500l8.500-8.500a3.500 3.500 0 0 1 5 5l-8.500 8.500a1.800 1.800 0 0 1-2.500-2.500l7.500-7.500',
  mic: 'M12 15a3.500 3.500 0 0 0 3.500-3.500v-5a3.500 3.500 0 0 0-7 0v5A3.500 3.500 0 0 0 12 15zM5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3.500',
  play: 'M8 5.500v13l10.500-6.500z',
  pause: 'M8.500 5.500v13M15.500 5.500v13',
  file: 'M6 3.500h8l4.500 4.500v12.500H6zM14 3.500V8h4.500',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  retry: 'M19.500 12a7.500 7.500 0 1 1-2.200-5.300L20 9.500M20 4.500v5h-5',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9.500v.1',
  next: 'M9 5l7 7-7 7',
  down: 'M12 5v14M6 13l6 6 6-6',
};

/** The icon of a file, by its type. */
export const FILE_ICONS = { image: 'image', video: 'play', audio: 'mic', document: 'file' };

/** A line icon that takes the colour of the text around it; what it means is said by the control that holds it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', `icon icon-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
