import { typeOf } from './attachments.js';
import { sizeText } from './format.js';
import { isolated } from './people.js';

/** What some systems call types that have another name with the server. */
const OTHER_NAMES = {
  'application/x-zip-compressed': 'application/zip', 'audio/x-m4a': 'audio/mp4', 'audio/m4a': 'audio/mp4', 'audio/mp3': 'audio/mpeg', 'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav', 'image/jpg': 'image/jpeg', 'image/pjpeg': 'image/jpeg', 'text/x-markdown': 'text/markdown', 'video/x-m4v': 'video/mp4',
};
const KINDS = { image: 'picture', video: 'video', audio: 'recording', document: 'document' };

/**
 * Why a file can't be sent, as far as this page knows; the server looks into it.
 *
 * @param {{maxSize?: object, allowedTypes?: string[]}} rules what the server said of uploads; empty while it is not known
 * @returns one sentence, or an empty text
 */
export function refusalOf(file, { maxSize, allowedTypes } = {}) {
  const name = isolated(file.name);
  const type = typeOf(essenceOf(file.type));
  const most = maxSize?.[type];
  if (file.size === 0) return `${name} is empty.`;
  if (allowedTypes && !allowedTypes.includes(essenceOf(file.type))) return `${name} is of a type that can't be sent here.`;
  if (most && file.size > most) return `${name} is too large: a ${KINDS[type]} may have ${sizeText(most)}.`;
  return '';
}

/** The type without its parameters, by the name that it has with the server. */
export function essenceOf(mimeType) {
  const essence = mimeType.split(';')[0].trim().toLowerCase();
  return OTHER_NAMES[essence] ?? essence;
}
