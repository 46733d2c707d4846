// A conversation with a model, to try it.

import { h, toast } from './dom.js';
import { ask, send, serverSentEvents } from './host.js';

/** One conversation, which outlives a look at another view. */
const messages = [];
const log = h('div', { class: 'log', role: 'log', 'aria-label': 'Conversation' });
let lastModel = '';
let draft = '';

export async function chatView(place, asked) {
  const { models } = await ask('GET', '/admin/v1/models');
  const able = models.filter((model) => model.installed && model.capabilities.includes('chat'));
  if (able.length === 0) {
    place.append(h('h1', {}, 'Chat'), h('p', { class: 'empty' }, 'No model that chats is there yet: ', h('a', { href: '#/bindings' }, 'give a binding what it needs'), ' or ', h('a', { href: '#/models' }, 'fetch a model'), '.'));
    return null;
  }
  const wanted = asked || lastModel;
  const model = h('select', { 'aria-label': 'Model' }, able.map(({ id }) => h('option', { value: id, selected: id === wanted }, id)));
  const missing = asked && model.value !== asked && h('p', { class: 'problem' }, `${asked} is not there, or does not chat.`);
  const system = h('textarea', { rows: 2, id: 'chat-system' });
  const temperature = h('input', { type: 'number', min: 0, max: 2, step: 'any', id: 'chat-temperature' });
  const limit = h('input', { type: 'number', min: 1, step: 1, id: 'chat-limit' });
  const question = h('textarea', { rows: 3, 'aria-label': 'Your message', placeholder: 'Your message; Enter sends it, Shift+Enter begins a new line' });
  const submit = h('button', { type: 'submit', class: 'primary' }, 'Send');
  const stop = h('button', { type: 'button', hidden: true }, 'Stop');
  question.value = draft;
  const pictures = h('input', { type: 'file', accept: 'image/*', multiple: true });
  const offered = h('label', { class: 'quiet' }, 'With images: ', pictures);
  const offerPictures = () => {
    offered.hidden = !able.find(({ id }) => id === model.value).capabilities.includes('images');
  };
  model.addEventListener('change', offerPictures);
  offerPictures();
  let ending = null;
  stop.addEventListener('click', () => ending?.abort());

  /** What of the request the user has chosen; empty fields are the model's own business. */
  function chosen() {
    return {
      model: model.value,
      messages: system.value.trim() === '' ? messages : [{ role: 'system', content: system.value }, ...messages],
      ...(temperature.value !== '' && { temperature: Number(temperature.value) }),
      ...(limit.value !== '' && { max_tokens: Number(limit.value) }),
    };
  }

  async function talk() {
    const text = question.value.trim();
    if (text === '' || ending) {
      return;
    }
    const files = offered.hidden ? [] : [...pictures.files];
    ending = new AbortController();
    try {
      messages.push({ role: 'user', content: await contentOf(text, files) });
    } catch (e) {
      ending = null;
      toast('error', e.message);
      return;
    }
    question.value = '';
    pictures.value = '';
    log.append(h('div', { class: 'turn user' }, text, files.map(({ name }) => h('p', { class: 'quiet' }, name))));
    submit.hidden = true;
    stop.hidden = false;
    log.ariaBusy = 'true';
    const turn = answerTurn(log);
    try {
      await stream(chosen(), ending.signal, turn);
    } catch (e) {
      turn.note(e.name === 'AbortError' ? 'Stopped.' : e.message, e.name !== 'AbortError');
    } finally {
      ending = null;
      submit.hidden = false;
      stop.hidden = true;
      log.ariaBusy = null;
      answered(text, turn);
    }
  }

  /** A question without an answer is none that a model is told of; it may be sent again. */
  function answered(text, turn) {
    if (!log.contains(turn.element)) {
      return;
    }
    if (turn.text() !== '') {
      messages.push({ role: 'assistant', content: turn.text() });
      return;
    }
    messages.pop();
    if (question.value === '') {
      question.value = text;
      draft = text;
    }
  }
  question.addEventListener('keydown', (e) => {
    if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      talk();
    }
  });
  place.append(
    h('h1', {}, 'Chat'),
    missing || '',
    h('p', { class: 'ask' }, model, h('button', { type: 'button', click: () => {
      ending?.abort();
      messages.length = 0;
      log.replaceChildren();
      question.focus();
    } }, 'New conversation')),
    h('details', { class: 'settings' }, h('summary', {}, 'More'),
      choice('Instructions', system), choice('Temperature', temperature), choice('Tokens at the most', limit)),
    log,
    h('form', { class: 'ask', submit: (e) => {
      e.preventDefault();
      talk();
    } }, question, submit, stop, offered));
  return { leave: () => {
    ending?.abort();
    lastModel = model.value;
    draft = question.value;
  } };
}

function choice(label, control) {
  return h('div', { class: 'field' }, h('label', { for: control.id }, label), h('div', { class: 'control' }, control));
}

/** A message is its text, or text and images as parts. */
async function contentOf(text, files) {
  const images = await Promise.all(files.map(async (file) => ({ type: 'image_url', image_url: { url: await dataUrl(file) } })));
  return images.length === 0 ? text : [{ type: 'text', text }, ...images];
}

function dataUrl(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(new Error(`${file.name} cannot be read.`));
    reader.readAsDataURL(file);
  });
}

/** The place where an answer grows. */
function answerTurn(log) {
  const thought = h('p', { class: 'quiet' });
  const thinking = h('details', { hidden: true }, h('summary', {}, 'Reasoning'), thought);
  const words = h('div', { class: 'words' });
  const notes = h('p', { class: 'quiet' });
  const turn = h('div', { class: 'turn assistant' }, thinking, words, notes);
  notes.textContent = 'Waiting for the first words …';
  log.append(turn);
  turn.scrollIntoView({ block: 'nearest' });
  return {
    element: turn,
    text: () => words.textContent,
    add: (text) => {
      const follow = atEnd();
      notes.textContent = '';
      words.append(text);
      if (follow) {
        scrollTo(0, document.documentElement.scrollHeight);
      }
    },
    reason: (text) => {
      notes.textContent = '';
      thinking.hidden = false;
      thought.append(text);
    },
    note: (text, problem = false) => {
      notes.textContent = text;
      notes.className = problem ? 'problem' : 'quiet';
    },
  };
}

/** Who has scrolled up to read is left there. */
function atEnd() {
  const page = document.documentElement;
  return page.scrollHeight - page.clientHeight - scrollY < 80;
}

async function stream(request, signal, turn) {
  const begun = performance.now();
  let first = null;
  let usage = null;
  let finish = null;
  let whole = false;
  const response = await send('POST', '/v1/chat/completions',
    { ...request, stream: true, stream_options: { include_usage: true } }, { signal });
  for await (const { data } of serverSentEvents(response)) {
    if (data === '[DONE]') {
      whole = true;
      break;
    }
    const chunk = JSON.parse(data);
    if (chunk.error) {
      throw new Error(chunk.error.message);
    }
    usage = chunk.usage ?? usage;
    const choice = chunk.choices?.[0];
    finish = choice?.finish_reason ?? finish;
    if (choice?.delta?.content || choice?.delta?.reasoning_content) {
      first ??= performance.now();
    }
    if (choice?.delta?.reasoning_content) {
      turn.reason(choice.delta.reasoning_content);
    }
    if (choice?.delta?.content) {
      turn.add(choice.delta.content);
    }
  }
  if (!whole) {
    throw new Error('The host broke off in the middle.');
  }
  turn.note(figures(begun, first, usage, finish));
}

function figures(begun, first, usage, finish) {
  const seconds = (from, to) => `${((to - from) / 1000).toFixed(2)} s`;
  return [
    first && `first words after ${seconds(begun, first)}`,
    `${seconds(begun, performance.now())} in all`,
    usage && `${usage.prompt_tokens} tokens in, ${usage.completion_tokens} out`,
    finish && finish !== 'stop' && `ended by ${finish}`,
  ].filter(Boolean).join(' · ');
}
