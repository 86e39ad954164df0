// Telegram's side of the page: bubbles, and the buttons beneath them.

import { el, timeOf, byDay } from './tree.js';

const act = (who, what) => JSON.stringify({ who, ...what });

// bubbles draws a chat as the parent called who sees it.
export function bubbles(who, messages) {
  const heard = messages.findLastIndex((m) => m.FromBot);
  return byDay(messages, (m) => m.Sent, (m) => bubble(who, m, messages.indexOf(m) < heard));
}

function bubble(who, m, read) {
  const rows = (m.Buttons || []).map((row, n) => el('div', { 'data-key': String(n) }, row.map((b) => key(who, m, b))));
  const edited = m.FromBot ? false : !m.Edited.startsWith('0001');
  return el('article', { class: 'bubble' + (m.FromBot ? '' : ' me'), 'data-key': String(m.ID) },
    el('div', { class: 'words' },
      el('span', { class: 'hidden' }, m.FromBot ? 'Bot: ' : 'You: '), m.Text ? linked(m.Text) : `(${m.Kind})`,
      el('span', { class: 'meta' }, edited && 'edited ', el('time', {}, timeOf(m.Sent)), m.FromBot ? null : el('span', { class: 'ticks', 'aria-hidden': 'true' }, read ? '✓✓' : '✓'))),
    rows.length ? el('div', { class: 'keys' }, rows) : null);
}

function key(who, m, b) {
  if (b.URL) return el('a', { href: b.URL, target: '_blank', rel: 'noopener noreferrer', 'data-key': b.URL }, `${b.Text} ↗`);
  return el('button', { type: 'button', 'data-key': b.Data, 'data-act': act(who, { do: 'press', message: m.ID, data: b.Data }) }, b.Text);
}

// linked makes links of the addresses in a text, as Telegram does.
export function linked(text) {
  return text.split(/(https?:\/\/[^\s)]+[^\s).,]|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:org|uk|com|net|example)\b(?:\/[\w\/-]+)?(?![\w@]))/).map((part, n) =>
    n % 2 ? el('a', { href: part.startsWith('http') ? part : `https://${part}`, target: '_blank', rel: 'noopener noreferrer' }, part) : part);
}

// commands are the lines of the menu beside the text box.
export function commands(who, list) {
  return list.map((c) => el('button', { type: 'button', 'data-key': c.Command, 'data-act': act(who, { do: 'say', text: `/${c.Command}` }) },
    el('b', {}, `/${c.Command}`), ' ', c.Description));
}
