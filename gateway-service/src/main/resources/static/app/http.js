import { heardServerTime } from './clock.js';
import { API_BASE, TENANT_ID } from './config.js';

/** An answer that was not a success, or no answer at all (`status` 0). */
export class ApiError extends Error {
  /**
   * @param {string} detail one sentence for the user
   * @param {{status?: number, code?: string, fields?: Record<string, string>, retryAfter?: number}} facts
   *     `fields` by field name; `retryAfter` in seconds
   */
  constructor(detail, { status = 0, code = '', fields = {}, retryAfter = 0 } = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.retryAfter = retryAfter;
  }

  /** Whether the same request may well succeed later, unchanged. */
  get isPassing() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** One request to the REST surface, with JSON or a form; resolves to the parsed body, or to null if there is none. */
export async function request(method, path, { token, body, query, signal, headers = {} } = {}) {
  const url = new URL(API_BASE + path, location.origin);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null) url.searchParams.set(name, value);
  }
  const init = { method, signal, cache: 'no-store', headers: { ...headers, 'X-Tenant-ID': TENANT_ID } };
  if (token) init.headers.Authorization = `Bearer ${token}`;
  if (body instanceof FormData) {
    init.body = body;
  } else if (body !== undefined) {
    init.headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(url, init);
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw unreachable();
  }
  heardServerTime(response.headers.get('Date'));
  const answer = parsed(await response.text().catch(() => ''));
  if (!response.ok) throw problemOf(response.status, response.headers.get('Retry-After'), answer);
  return answer;
}

/** There was no answer at all. */
export function unreachable() {
  return new ApiError('The server cannot be reached. Check your connection and try again.');
}

/** The body of an answer; null if it is empty or no JSON. */
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Reads `application/problem+json` (RFC 9457); anything else becomes a sentence about its status. */
export function problemOf(status, retryAfter, answer) {
  const fields = {};
  for (const { field, message } of answer?.errors ?? []) {
    if (field) fields[field] = message;
  }
  return new ApiError(answer?.detail || answer?.message || `The server answered with an error (${status}).`, {
    status,
    code: answer?.code,
    fields,
    retryAfter: Number(retryAfter) || 0,
  });
}
