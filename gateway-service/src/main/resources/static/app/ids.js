/** A new random id. (`crypto.randomUUID` exists in secure contexts only; this works on any address.) */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
