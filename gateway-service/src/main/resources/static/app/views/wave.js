import { BARS } from '../waveform.js';

const SVG = 'http://www.w3.org/2000/svg';
const STEP = 3;
const HEIGHT = 28;
const LEAST = 2;

/** A recording as a row of bars, those that were played in another colour. Decoration: the slider over it says where one is. */
export function waveView() {
  const element = document.createElementNS(SVG, 'svg');
  element.setAttribute('class', 'wave');
  element.setAttribute('viewBox', `0 0 ${BARS * STEP} ${HEIGHT}`);
  element.setAttribute('preserveAspectRatio', 'none');
  element.setAttribute('aria-hidden', 'true');
  const [all, played] = ['wave-all', 'wave-played'].map((name) => {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('class', name);
    element.append(path);
    return path;
  });
  return {
    element,
    /** @param {number[]} levels from 0 to 1; flat where none are known */
    draw(levels, share) {
      const bars = Array.from({ length: BARS }, (_, bar) => barAt(bar, levels[Math.floor((bar * levels.length) / BARS)] ?? 0));
      all.setAttribute('d', bars.join(''));
      played.setAttribute('d', bars.slice(0, Math.round(share * BARS)).join(''));
    },
  };
}

function barAt(bar, level) {
  const height = Math.max(LEAST, Math.min(1, level) * HEIGHT);
  return `M${bar * STEP + 1} ${(HEIGHT - height) / 2}v${height}`;
}
