/** How near the limit the number of characters left is worth knowing. */
const NEAR = 0.1;

/** @returns how many characters (code points, as the server counts them) are left: null if many, negative if there are too many */
export function charactersLeft(text, most) {
  // No text has more code points than units, nor less than half as many.
  if (!most || text.length <= most * (1 - NEAR)) return null;
  const left = most - [...text].length;
  return left <= most * NEAR ? left : null;
}
