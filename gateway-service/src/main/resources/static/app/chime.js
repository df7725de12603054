/** Several messages at once are heard once. */
const GAP_MILLIS = 1_500;
/** Two tones, a fourth apart: their frequency in Hz, and when each begins in seconds. */
const TONES = [[659.25, 0], [880, 0.11]];
const LENGTH_SECONDS = 0.28;
const LOUDNESS = 0.12;

let context = null;
let last = -Infinity;

/** A short sound. Browsers keep a page silent in which nobody has clicked or typed yet. */
export async function chime() {
  const now = performance.now();
  if (!window.AudioContext || now - last < GAP_MILLIS) return;
  last = now;
  context ??= new AudioContext();
  try {
    await context.resume();
  } catch {
    return; // the browser wants it silent
  }
  for (const [frequency, delay] of TONES) sound(frequency, context.currentTime + delay);
}

function sound(frequency, begin) {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.01);
  volume.gain.exponentialRampToValueAtTime(0.0001, begin + LENGTH_SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start(begin);
  tone.stop(begin + LENGTH_SECONDS);
}
