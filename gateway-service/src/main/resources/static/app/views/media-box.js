/** The largest a picture or a film is in the history, in CSS pixels. */
const MOST_WIDTH = 320;
const MOST_HEIGHT = 360;

/** Its size in the history; null where its own is not known. No side is shorter than `leastSide`. */
export function boxOf(dimensions, leastSide = 0) {
  if (!dimensions?.width || !dimensions.height) return null;
  const scale = Math.min(1, MOST_WIDTH / dimensions.width, MOST_HEIGHT / dimensions.height);
  const side = (length) => Math.max(leastSide, Math.round(length * scale));
  return { width: side(dimensions.width), height: side(dimensions.height) };
}

/** Gives an image or a video this place, whatever its own size turns out to be. */
export function setBox(element, { width, height }) {
  element.width = width;
  element.height = height;
  element.style.aspectRatio = `${width} / ${height}`;
}
