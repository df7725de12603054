import { serverNow } from './clock.js';
import { API_BASE } from './config.js';

const CONTENT = `${API_BASE}/storage/content/`;
/** A URL this near its end may be too old when its answer is wanted. */
const NEAR_END_SECONDS = 5;
/** Recordings of this client bear this name, and are told from other audio by it. */
export const VOICE_NAME = 'Voice message';
const REFUSALS = { infected: 'This file holds malware and was removed.', failed: 'This file could not be read.' };
const LABELS = { image: ['Photo', 'photos'], video: ['Video', 'videos'] };

/** @returns {'image' | 'video' | 'audio' | 'document'} as the server sorts files by their MIME type */
export function typeOf(mimeType) {
  const [main] = mimeType.split('/');
  return ['image', 'video', 'audio'].includes(main) ? main : 'document';
}

/** Where this page gets a file of the platform: on its own origin, whatever host the URL names. Null for what is kept elsewhere. */
export function ownAddress(url) {
  if (!url || !URL.canParse(url, location.origin)) return null;
  const { pathname, search } = new URL(url, location.origin);
  return pathname.startsWith(CONTENT) ? pathname + search : null;
}

/** The address of a file that is kept elsewhere; null where it is no safe one. */
export function foreignAddress(url) {
  if (!url || !URL.canParse(url)) return null;
  const { protocol, href, hostname } = new URL(url);
  return protocol === 'https:' ? { href, hostname } : null;
}

/** Whether a signed URL is too old, by the server's clock. */
export function isExpired(address) {
  const expires = Number(new URL(address, location.origin).searchParams.get('expires'));
  return expires > 0 && expires - NEAR_END_SECONDS < serverNow() / 1000;
}

/** The id of a file of the platform by its address; null for what is kept elsewhere. */
export function fileIdOf(url) {
  return ownAddress(url)?.split('?')[0].slice(CONTENT.length) ?? null;
}

/** Why the server serves a file of this status to nobody; null if it does, or may yet. */
export function refusalOfStatus(status) {
  return REFUSALS[status] ?? null;
}

/** Whether two addresses are of one file of the platform, in whichever form and whenever they were signed. */
export function isSameFile(one, other) {
  const pathOf = (address) => ownAddress(address)?.split('?')[0];
  return !!pathOf(one) && pathOf(one) === pathOf(other);
}

export function isVoice({ type, filename }) {
  return type === 'audio' && !!filename?.startsWith(VOICE_NAME);
}

/** What one file is called: by what it is where its name says little. */
export function labelOf(attachment) {
  const { type, filename } = attachment;
  if (isVoice(attachment)) return VOICE_NAME;
  return LABELS[type]?.[0] ?? (filename || (type === 'audio' ? 'Audio' : 'File'));
}

/** What a file is called where its name is wanted; a recording of this client has none worth showing. */
export function fileNameOf(attachment) {
  return (!isVoice(attachment) && attachment.filename) || labelOf(attachment);
}

/** What a message's files are called in one line; empty if there are none. */
export function labelOfAll(attachments = []) {
  if (attachments.length === 0) return '';
  if (attachments.length === 1) return labelOf(attachments[0]);
  const [{ type }] = attachments;
  const areAlike = attachments.every((each) => each.type === type);
  return `${attachments.length} ${(areAlike && LABELS[type]?.[1]) || 'files'}`;
}
