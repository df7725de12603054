import { VOICE_NAME } from './attachments.js';
import { essenceOf } from './file-rules.js';
import { barsOf, levelOf } from './waveform.js';

const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];
const ENDINGS = { 'audio/webm': 'webm', 'audio/mp4': 'm4a', 'audio/ogg': 'ogg' };
const BITS_PER_SECOND = 32_000;
const LEVEL_MILLIS = 50;
/** Longer than anybody talks into a chat, and far below what may be uploaded. */
const LONGEST_MILLIS = 15 * 60_000;

/** Whether this page may record at all: a page without HTTPS, on another machine, may not. */
export const canRecord = !!(navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder);

/** One recording of the microphone. */
export class Recorder {
  #stream = null;
  #recorder = null;
  #context = null;
  #timer = null;
  #chunks = [];
  #startedAt = 0;
  #isCancelled = false;
  /** How loud it was, from the beginning, by `LEVEL_MILLIS`. */
  levels = [];

  /** In seconds. */
  get duration() {
    return this.#startedAt ? (performance.now() - this.#startedAt) / 1000 : 0;
  }

  /**
   * @param {string[] | undefined} allowedTypes what may be uploaded; undefined if it is not known
   * @param {{heard: () => void, isOver: () => void}} listeners `isOver` hears that it was ended because it is too long
   */
  async start(allowedTypes, { heard, isOver }) {
    const may = (type) => MediaRecorder.isTypeSupported(type) && (!allowedTypes || allowedTypes.includes(essenceOf(type)));
    const mimeType = TYPES.find(may);
    if (!mimeType) throw new Error('This browser records nothing that can be sent here.');
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch((failure) => {
      throw new Error(refusalOf(failure));
    });
    this.#stream = stream;
    if (this.#isCancelled) {
      this.#close();
      return;
    }
    this.#recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#chunks.push(data));
    this.#recorder.start();
    this.#startedAt = performance.now();
    this.#listen(stream, () => {
      heard();
      if (this.duration * 1000 >= LONGEST_MILLIS) isOver();
    });
  }

  /** @returns {Promise<{file: File, duration: number, waveform: number[]}>} */
  async stop() {
    const { duration } = this;
    const recorder = this.#recorder;
    await new Promise((resolve) => {
      recorder.addEventListener('stop', resolve, { once: true });
      recorder.stop();
    });
    this.#close();
    const type = essenceOf(recorder.mimeType);
    const file = new File(this.#chunks, `${VOICE_NAME}.${ENDINGS[type] ?? 'audio'}`, { type });
    return { file, duration, waveform: barsOf(this.levels) };
  }

  cancel() {
    this.#isCancelled = true;
    if (this.#recorder?.state === 'recording') this.#recorder.stop();
    this.#close();
  }

  #listen(stream, heard) {
    this.#context = new AudioContext();
    const analyser = this.#context.createAnalyser();
    this.#context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      this.levels.push(levelOf(samples));
      heard();
    }, LEVEL_MILLIS);
  }

  /** The browser shows that the microphone is in use until its tracks end. */
  #close() {
    clearInterval(this.#timer);
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#context?.close();
    this.#context = null;
  }
}

function refusalOf({ name }) {
  if (name === 'NotAllowedError') return 'The microphone may not be used. Allow it for this page in the browser, and try again.';
  if (name === 'NotFoundError') return 'There is no microphone.';
  return 'The microphone can’t be used: another program may have it.';
}
