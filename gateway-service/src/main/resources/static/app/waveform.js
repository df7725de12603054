/** So many bars a recording is drawn with, as the server counts them. */
export const BARS = 64;
const MEASURED_RATE = 8_000;

/** How loud a recording is, as so many numbers from 0 to 1, the loudest part 1. */
export function barsOf(levels, count = BARS) {
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0) || 1;
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * levels.length) / count);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * levels.length) / count));
    let most = 0;
    for (let each = from; each < to && each < levels.length; each++) most = Math.max(most, levels[each]);
    return Math.round((100 * most) / loudest) / 100;
  });
}

/** The mean loudness of a stretch of samples. */
export function levelOf(samples) {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / (samples.length || 1));
}

/** What a server without the tools for it does not tell of a recording: `{duration, waveform}`. */
export async function measured(blob) {
  const audio = await new OfflineAudioContext(1, 1, MEASURED_RATE).decodeAudioData(await blob.arrayBuffer());
  const samples = audio.getChannelData(0);
  const step = Math.max(1, Math.floor(samples.length / (8 * BARS)));
  const levels = [];
  for (let from = 0; from < samples.length; from += step) levels.push(levelOf(samples.subarray(from, from + step)));
  return { duration: audio.duration, waveform: barsOf(levels) };
}
