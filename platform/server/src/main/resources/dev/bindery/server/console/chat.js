// A conversation with a model, to try it.

import { h } from './dom.js';
import { ask, send, serverSentEvents } from './host.js';

export async function chatView(place, asked) {
  const { models } = await ask('GET', '/admin/v1/models');
  const able = models.filter((model) => model.installed && model.capabilities.includes('chat'));
  if (able.length === 0) {
    place.append(h('h1', {}, 'Chat'), h('p', { class: 'empty' }, 'No model that chats is there yet.'));
    return null;
  }
  const messages = [];
  const model = h('select', { 'aria-label': 'Model' }, able.map(({ id }) => h('option', { value: id, selected: id === asked }, id)));
  const system = h('textarea', { rows: 2, id: 'chat-system' });
  const temperature = h('input', { type: 'number', min: 0, max: 2, step: 'any', id: 'chat-temperature' });
  const limit = h('input', { type: 'number', min: 1, step: 1, id: 'chat-limit' });
  const log = h('div', { class: 'log', 'aria-live': 'polite' });
  const question = h('textarea', { rows: 3, 'aria-label': 'Your message', placeholder: 'Your message; Enter sends it, Shift+Enter begins a new line' });
  const submit = h('button', { type: 'submit', class: 'primary' }, 'Send');
  const stop = h('button', { type: 'button', hidden: true }, 'Stop');
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
    question.value = '';
    messages.push({ role: 'user', content: text });
    log.append(h('div', { class: 'turn user' }, text));
    ending = new AbortController();
    submit.hidden = true;
    stop.hidden = false;
    const turn = answerTurn(log);
    try {
      await stream(chosen(), ending.signal, turn);
    } catch (e) {
      turn.note(e.name === 'AbortError' ? 'Stopped.' : e.message, e.name !== 'AbortError');
    } finally {
      ending = null;
      submit.hidden = false;
      stop.hidden = true;
      messages.push({ role: 'assistant', content: turn.text() });
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
    h('p', {}, model, ' ', h('button', { type: 'button', click: () => {
      ending?.abort();
      messages.length = 0;
      log.replaceChildren();
    } }, 'New conversation')),
    h('details', { class: 'settings' }, h('summary', {}, 'More'),
      choice('Instructions', system), choice('Temperature', temperature), choice('Tokens at the most', limit)),
    log,
    h('form', { class: 'ask', submit: (e) => {
      e.preventDefault();
      talk();
    } }, question, submit, stop));
  return { leave: () => ending?.abort() };
}

function choice(label, control) {
  return h('div', { class: 'field' }, h('label', { for: control.id }, label), h('div', { class: 'control' }, control));
}

/** The place where an answer grows. */
function answerTurn(log) {
  const thought = h('p', { class: 'quiet' });
  const thinking = h('details', { hidden: true }, h('summary', {}, 'Reasoning'), thought);
  const words = h('div', { class: 'words' });
  const notes = h('p', { class: 'quiet' });
  const turn = h('div', { class: 'turn assistant' }, thinking, words, notes);
  log.append(turn);
  return {
    text: () => words.textContent,
    add: (text) => {
      words.append(text);
      turn.scrollIntoView({ block: 'end' });
    },
    reason: (text) => {
      thinking.hidden = false;
      thought.append(text);
    },
    note: (text, problem = false) => {
      notes.textContent = text;
      notes.className = problem ? 'problem' : 'quiet';
    },
  };
}

async function stream(request, signal, turn) {
  const begun = performance.now();
  let first = null;
  let usage = null;
  let finish = null;
  const response = await send('POST', '/v1/chat/completions',
    { ...request, stream: true, stream_options: { include_usage: true } }, { signal });
  for await (const { data } of serverSentEvents(response)) {
    if (data === '[DONE]') {
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
