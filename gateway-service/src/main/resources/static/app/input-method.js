let hasJustComposed = false;

// Safari ends the composition first and then tells of the key that ended it, as if it was any other key.
addEventListener('compositionend', () => {
  hasJustComposed = true;
  setTimeout(() => {
    hasJustComposed = false;
  });
}, true);

/** Whether a pressed key belongs to the input method that composes a word: its Enter takes the word, and sends nothing. */
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229 || hasJustComposed;
}
