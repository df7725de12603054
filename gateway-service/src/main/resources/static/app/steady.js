/**
 * Puts off a redraw that moves things while a pointer is pressed on them: a click needs its press and its release on one element.
 *
 * @returns {() => void} what to call instead of `render`
 */
export function steadyUnderPointer(element, render) {
  let isPressed = false;
  let isDue = false;
  const released = () => {
    removeEventListener('pointerup', released, true);
    removeEventListener('pointercancel', released, true);
    // The click comes after the release.
    setTimeout(() => {
      isPressed = false;
      if (isDue) render();
      isDue = false;
    });
  };
  element.addEventListener('pointerdown', ({ button }) => {
    if (button !== 0) return; // the release of others may go to a menu of the browser
    isPressed = true;
    addEventListener('pointerup', released, true);
    addEventListener('pointercancel', released, true);
  });
  return () => {
    if (isPressed) isDue = true;
    else render();
  };
}
