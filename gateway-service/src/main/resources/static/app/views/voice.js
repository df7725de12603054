import { h } from '../dom.js';
import { durationText } from '../format.js';
import { icon } from '../icons.js';
import { Recorder } from '../recorder.js';
import { BARS } from '../waveform.js';
import { waveView } from './wave.js';

/** A voice is rarely louder than this: it fills the height then. */
const LOUD = 0.3;

/**
 * Stands in the composer's place while a voice message is recorded. Enter sends it, Escape throws it away.
 *
 * @param {{begun: () => void, ended: () => void, send: (recording: {file: File, duration: number, waveform: number[]}) => void, fail: (text: string) => void}} on
 */
export function voiceView(store, on) {
  const wave = waveView();
  const time = h('span', { class: 'voice-time', 'data-testid': 'voice-time' });
  const status = h('span', { class: 'visually-hidden', role: 'status' });
  const cancel = h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Cancel the recording', title: 'Cancel', 'data-testid': 'cancel-voice', on: { click: () => end() } }, icon('trash'));
  const send = h('button', { type: 'button', class: 'send', 'aria-label': 'Send the voice message', title: 'Send', 'data-testid': 'send-voice', on: { click: () => finish() } }, icon('send'));
  const element = h('div', { class: 'voice', role: 'group', 'aria-label': 'Voice message', 'data-testid': 'voice', hidden: true, on: { keydown: (event) => pressed(event) } },
    cancel, h('span', { class: 'voice-sign', 'aria-hidden': 'true' }), time, wave.element, status, send);
  let recorder = null;

  const draw = () => {
    time.textContent = durationText(recorder?.duration ?? 0);
    const last = recorder?.levels.slice(-BARS) ?? [];
    wave.draw([...Array(BARS - last.length).fill(0), ...last.map((level) => level / LOUD)], 0);
  };
  const end = () => {
    recorder?.cancel();
    recorder = null;
    if (element.hidden) return;
    element.hidden = true;
    status.textContent = '';
    on.ended();
  };
  const finish = async () => {
    const now = recorder;
    if (!now || send.disabled) return;
    send.disabled = true;
    const recording = await now.stop();
    if (recorder !== now) return; // cancelled meanwhile
    recorder = null;
    end();
    on.send(recording);
  };
  const pressed = (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    end();
  };

  return {
    element,
    async start() {
      const mine = new Recorder();
      recorder?.cancel();
      recorder = mine;
      try {
        await mine.start(store.config.uploads?.allowedTypes, { heard: draw, isOver: () => finish() });
      } catch (failure) {
        if (recorder === mine) recorder = null;
        on.fail(failure.message);
        return;
      }
      if (recorder !== mine) return;
      draw();
      element.hidden = false;
      send.disabled = false;
      status.textContent = 'Recording';
      on.begun();
      send.focus();
    },
    cancel: end,
  };
}
