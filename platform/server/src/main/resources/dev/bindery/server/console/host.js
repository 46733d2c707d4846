// The host's APIs, called with this browser's session.

let csrf = document.querySelector('meta[name="csrf"]').content;

/** What the host said against a request. */
export class HostError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Sends a request; answers the response, or throws what the host said against it. */
export async function send(method, path, body, options = {}) {
  const headers = { 'x-csrf-token': csrf };
  let content = body;
  if (body !== undefined && !(body instanceof Blob)) {
    headers['Content-Type'] = 'application/json';
    content = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(path, { method, headers, body: content, cache: 'no-store', ...options });
  } catch (e) {
    if (e.name === 'AbortError') {
      throw e;
    }
    throw new HostError(0, 'The host does not answer.');
  }
  if (response.status === 403 && method !== 'GET' && headers['x-csrf-token'] === csrf && await renewSession()) {
    return send(method, path, body, options);
  }
  if (!response.ok) {
    throw new HostError(response.status, await complaint(response));
  }
  return response;
}

/** Sends a request whose answer is JSON, or nothing. */
export async function ask(method, path, body) {
  const response = await send(method, path, body);
  return response.status === 204 ? null : response.json();
}

async function complaint(response) {
  const text = await response.text();
  try {
    return JSON.parse(text).error.message;
  } catch {
    return `${response.status} ${response.statusText}`.trim();
  }
}

/** This browser may have logged in anew, in another tab; answers whether it has. */
async function renewSession() {
  const before = csrf;
  csrf = (await ask('GET', '/admin/v1/session')).csrf_token;
  document.querySelector('input[name="csrf"]').value = csrf;
  return csrf !== before;
}

/** The lines of a response, as they come. */
export async function* lines(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(broken);
      if (done) {
        if (rest) {
          yield rest;
        }
        return;
      }
      const parts = (rest + value).split(/\r?\n/);
      rest = parts.pop();
      yield* parts;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function broken(problem) {
  throw problem.name === 'AbortError' ? problem : new HostError(0, 'The host broke off in the middle.');
}

/** The server-sent events of a response, as { event, id, data }. */
export async function* serverSentEvents(response) {
  let next = {};
  for await (const line of lines(response)) {
    if (line === '') {
      if (next.data !== undefined) {
        yield next;
      }
      next = {};
    } else if (!line.startsWith(':')) {
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      next[field] = field === 'data' && next.data !== undefined ? `${next.data}\n${value}` : value;
    }
  }
}

/**
 * Hears the host's events for as long as the page is open, those missed in between included.
 *
 * @param before hears first those that the host still has of the time before
 */
export async function follow(before, heard, standing) {
  let last = 0;
  let hear = before;
  let away = false;
  for (;;) {
    try {
      if (away) {
        await renewSession();
        away = false;
      }
      const only = hear === before ? '&until=now' : '';
      const response = await send('GET', `/admin/v1/events?last_event_id=${last}${only}`);
      standing(true);
      for await (const { event, id, data } of serverSentEvents(response)) {
        last = id ?? last;
        hear(event, JSON.parse(data));
      }
      if (hear === before) {
        hear = heard;
        continue;
      }
    } catch (e) {
      if (e.status === 401) {
        location.reload();
        return;
      }
    }
    standing(false);
    away = true;
    await new Promise((done) => setTimeout(done, 2000));
  }
}
