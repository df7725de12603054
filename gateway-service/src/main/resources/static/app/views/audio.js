import { isSameFile, isVoice, labelOf, ownAddress } from '../attachments.js';
import { h } from '../dom.js';
import { durationText } from '../format.js';
import { icon } from '../icons.js';
import { measured } from '../waveform.js';
import { transferState } from './transfer-state.js';
import { waveView } from './wave.js';

const STEPS = 1_000;
let stopPlaying = () => {};

/** A recording: played in its place, one at a time, with how loud it is where that is known. The slider leads to any part of it. */
export function audioView(chat) {
  const audio = new Audio();
  audio.preload = 'none';
  const wave = waveView();
  const name = h('bdi', { class: 'audio-name' });
  const time = h('span', { class: 'audio-time', 'data-testid': 'audio-time' });
  const slider = h('input', { type: 'range', min: '0', max: String(STEPS), value: '0', step: '1', tabindex: '-1', 'data-testid': 'audio-place', on: { input: () => seek() } });
  const button = h('button', { type: 'button', class: 'audio-play', tabindex: '-1', 'data-testid': 'audio-play', on: { click: () => toggle() } });
  const problem = h('span', { class: 'transfer-text', role: 'status', hidden: true });
  const transfer = transferState();
  const element = h('div', { class: 'audio', 'data-testid': 'audio' },
    button, h('div', { class: 'audio-about' }, name, h('span', { class: 'audio-track' }, wave.element, slider), time, problem, transfer.element));
  let attachment = null;
  let message = null;
  let source = '';
  let known = {};

  const duration = () => [attachment.duration, known.duration, audio.duration].find((each) => Number.isFinite(each) && each > 0) ?? 0;
  const toggle = () => {
    if (audio.paused) play();
    else audio.pause();
  };
  const play = async () => {
    stopPlaying();
    stopPlaying = () => audio.pause();
    problem.hidden = true;
    if (!audio.getAttribute('src')) audio.src = source;
    try {
      await audio.play();
    } catch (failure) {
      if (failure.name !== 'AbortError' && !(await playAnew())) complain();
    }
    if (!duration()) measure();
  };
  /** Its URL may have been too old. */
  const playAnew = async () => {
    if (message.local || !(await chat.renewals.message(message.id))) return false;
    audio.src = source;
    return audio.play().then(() => true, () => false);
  };
  const complain = () => {
    problem.textContent = 'This browser can’t play it.';
    problem.hidden = false;
  };
  /** The server has not told how long and how loud it is; what plays is read anyway. */
  const measure = async () => {
    try {
      known = await measured(await (await fetch(source)).blob());
      draw();
    } catch {
      // It plays without.
    }
  };
  const seek = () => {
    if (!duration()) return;
    if (!audio.getAttribute('src')) audio.src = source;
    audio.currentTime = (slider.value / STEPS) * duration();
    draw();
  };
  const draw = () => {
    const whole = duration();
    const at = audio.currentTime;
    const isPlaying = !audio.paused && !audio.ended;
    const label = labelOf(attachment);
    button.setAttribute('aria-label', `${isPlaying ? 'Pause' : 'Play'} ${label}`);
    if (button.dataset.plays !== String(isPlaying)) {
      button.dataset.plays = String(isPlaying);
      button.replaceChildren(icon(isPlaying ? 'pause' : 'play'));
    }
    slider.setAttribute('aria-label', `Place in ${label}`);
    slider.setAttribute('aria-valuetext', `${durationText(at)} of ${durationText(whole)}`);
    slider.disabled = !whole;
    slider.value = String(whole ? (at / whole) * STEPS : 0);
    wave.draw(attachment.waveform ?? known.waveform ?? [], whole ? at / whole : 0);
    time.textContent = at > 0 ? `${durationText(at)} / ${durationText(whole)}` : whole ? durationText(whole) : '';
  };
  for (const event of ['play', 'pause', 'timeupdate', 'durationchange', 'seeked']) audio.addEventListener(event, draw);
  audio.addEventListener('ended', () => {
    audio.currentTime = 0;
    draw();
  });

  return {
    element,
    show(shown, { entry }, upload) {
      attachment = shown;
      message = entry;
      const address = shown.preview ?? ownAddress(shown.url) ?? '';
      if (address !== source && !isSameFile(address, audio.getAttribute('src') ?? '') && audio.paused) audio.removeAttribute('src');
      source = address;
      name.textContent = labelOf(shown);
      name.hidden = isVoice(shown);
      button.disabled = !source;
      transfer.show(upload);
      draw();
    },
    stop: () => audio.pause(),
  };
}
