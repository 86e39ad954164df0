// The page: four panes drawn from one snapshot, which the program sends whenever anything
// has changed, and what people do on it, which goes back.

import { $, el, fill, log, stay, momentOf, timeOf, initials } from './tree.js';
import * as slack from './slack.js';
import * as telegram from './telegram.js';
import { panel } from './knows.js';

// What the page itself remembers: through whose eyes we look, and where.
const looking = { clinician: null, channel: 'triage', parent: 'parent', source: 'parent', visitor: 'messages', seen: {}, troubles: {} };
let shown = null; // the last snapshot
let ahead = 0; // how far the demo's clock is ahead of this page's, in milliseconds
let families = [];

// ---- Acting

async function act(what) {
  let said = { error: 'That could not be done.' };
  try {
    const answer = await fetch('act', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(what) });
    if (answer.ok) said = await answer.json();
  } catch { /* the program is gone, and the page says so */ }
  if (!lost) $('lost').textContent = said.error || '';
  return said;
}

function look(at) {
  Object.assign(looking, at);
  if (at.pane) document.body.dataset.pane = at.pane;
  draw(shown);
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-act], [data-look]');
  if (!button) return;
  if (button.dataset.act) act(JSON.parse(button.dataset.act));
  if (button.dataset.look) look(JSON.parse(button.dataset.look));
});

document.addEventListener('change', (event) => {
  if (event.target.id === 'phones') look({ parent: event.target.value, source: 'parent' });
  const chosen = event.target.closest('[data-choose]');
  if (chosen) act({ ...JSON.parse(chosen.dataset.choose), chosen: slack.valueOf(chosen) });
});

document.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.id === 'chooser') play(event.submitter.value === 'instant');
  else if (form.matches('.composer')) say(form);
  else submit(form);
});

async function play(instant) {
  const answer = await act({ who: 'demo', do: 'example', example: $('family').value, instant });
  if (!answer.who) return;
  if (answer.who === 'visitor') look({ pane: 'visitor', source: 'visitor', visitor: 'messages' });
  else look({ pane: 'parent', source: 'parent', parent: answer.who });
}

async function submit(form) {
  const values = {};
  for (const field of form.querySelectorAll('[data-block]')) values[field.dataset.block] = slack.valueOf(field);
  if (form.busy) return;
  form.busy = true;
  const answer = await act({ who: form.dataset.who, do: 'submit', view: form.dataset.view, values });
  form.busy = false;
  form.errors = answer.errors || {};
  draw(shown);
  const first = form.querySelector('[aria-invalid=true]');
  if (first) first.focus();
}

// say sends what is written. In Slack a line that begins with a slash is a command.
function say(form) {
  const field = form.querySelector('textarea');
  const text = field.value.trim();
  field.value = '';
  if (!text) return;
  const who = { visitor: 'visitor', parent: looking.parent, clinicians: looking.clinician }[form.dataset.who];
  const command = form.dataset.who !== 'parent' && text.startsWith('/');
  const channel = form.dataset.who === 'clinicians' ? shown[`${looking.channel}Channel`] : '';
  act({ who, do: command ? 'command' : 'say', text, channel });
}

// Enter sends, as in both chats; Shift and Enter begins a new line.
document.addEventListener('keydown', (event) => {
  const composer = event.target.closest('textarea') && event.target.closest('.composer');
  if (!composer || event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  say(composer);
});

// The panel follows whoever is being looked at.
document.addEventListener('focusin', (event) => {
  const pane = event.target.closest('#parent, #visitor');
  if (pane && looking.source !== pane.id) look({ source: pane.id });
  speak();
});

// speak lets a screen reader hear the pane that its user is in, and no other, and none
// while an example plays.
function speak() {
  for (const pane of document.querySelectorAll('.pane')) {
    const list = pane.querySelector('[role=log]');
    if (list) list.setAttribute('aria-live', pane.contains(document.activeElement) && !pane.dataset.playing ? 'polite' : 'off');
  }
}

// ---- Light and dark

const themes = { auto: ['◐', 'Colours: as the system'], light: ['☀', 'Colours: light'], dark: ['☾', 'Colours: dark'] };

function colour(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem('theme', theme);
  fill($('theme'), [el('span', { 'aria-hidden': 'true' }, themes[theme][0]), el('span', { class: 'hidden' }, themes[theme][1])]);
  $('theme').title = themes[theme][1];
}

$('theme').addEventListener('click', () => {
  const all = Object.keys(themes);
  colour(all[(all.indexOf(document.documentElement.dataset.theme) + 1) % all.length]);
});
colour(localStorage.getItem('theme') in themes ? localStorage.getItem('theme') : 'auto');

// ---- Drawing

function draw(snap) {
  if (!snap) return;
  shown = snap;
  const me = snap.clinicians.find((c) => c.id === looking.clinician) || snap.clinicians[0];
  looking.clinician = me.id;
  const names = Object.fromEntries([snap.visitor, ...snap.clinicians].map((p) => [p.id, p.name]));
  const parent = snap.parents.find((p) => p.who === looking.parent) || snap.parents[0];
  drawTop(snap);
  drawSteps(snap);
  drawVisitor(snap.visitor, names);
  drawParent(parent, snap);
  drawClinicians(snap, me, names);
  drawKnows(parent, snap.visitor);
  drawPanes(snap);
  speak();
}

function drawTop(snap) {
  tick();
  $('bot').textContent = snap.bot.up ? 'The bot runs' : snap.bot.crash && !snap.bot.crash.after ? 'Killed' : snap.bot.apart ? 'The bot does not run' : 'Starting';
  $('bot').dataset.up = snap.bot.up ? 'yes' : '';
  $('crash').disabled = !snap.bot.up;
  $('crash').hidden = $('clock-menu').hidden = snap.bot.apart;
  $('clock-menu').dataset.moving = snap.moving ? 'yes' : '';
  $('story').textContent = snap.moving ? `The clock is on its way to ${momentOf(snap.moving)}, and stops at whatever falls due.` : snap.bot.apart && !snap.bot.up
    ? 'Start the bot in another terminal, with the line that was printed.' : crashed(snap.bot.crash);
}

const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;
const counted = (t) => `${count(t.answers, 'answer', 'answers')}, ${count(t.referrals, 'referral', 'referrals')}`;

// crashed tells how the bot was killed and came back.
function crashed(crash) {
  if (!crash) return '';
  const killed = `The bot was killed at ${timeOf(crash.at)} (SIGKILL), with ${counted(crash.before)} stored.`;
  if (!crash.after) return `${killed} Write on meanwhile: it waits at Telegram and Slack.`;
  const waits = crash.after.unheard + crash.after.waiting;
  const kept = crash.after.answers >= crash.before.answers && crash.after.referrals >= crash.before.referrals;
  return `${killed} It came back to ${counted(crash.after)}, and ${waits ? count(waits, 'message waits', 'messages wait') : 'nothing waits'}. ${kept ? 'Nothing was lost.' : 'Something is missing: that is a fault of ours.'}`;
}

function tick() {
  const now = new Date(Date.now() + ahead);
  $('clock').dateTime = now.toISOString();
  $('clock').textContent = momentOf(now);
}
setInterval(tick, 1000);

// What a newcomer is invited to try, when it is done, and whether the bot must be ours for it.
const steps = [
  ['Refer a family', 'Choose one and play it, or write yourself.', (s) => s.triage.some((m) => /^(Referral|Call)/.test(m.text))],
  ['Claim it', 'On its card, in the clinicians\' channel.', (s) => known(s).some((k) => k.claimant)],
  ['Record an outcome', 'Under More on the card; the referrer is told.', (s) => known(s).some((k) => ['awaiting', 'decided', 'closed'].includes(k.status))],
  ['Move the clock', 'See reminders, and what is overdue.', () => ahead > 30 * 60 * 1000, 'ours'],
  ['Crash the bot', 'In mid-sentence: nothing is lost.', (s) => Boolean(s.bot.crash && s.bot.crash.after), 'ours'],
];

const known = (snap) => [snap.visitor, ...snap.parents].map((p) => p.knows);
const done = new Set();

function drawSteps(snap) {
  const here = steps.filter(([, , , ours]) => !(ours && snap.bot.apart));
  here.forEach(([title, , holds]) => holds(snap) && done.add(title));
  const next = here.find(([title]) => !done.has(title));
  fill($('steps'), here.map((step, n) => {
    const [title, hint] = step;
    return el('li', { 'data-key': title, 'data-n': n + 1, class: done.has(title) ? 'done' : step === next ? 'next' : '', 'aria-current': step === next ? 'step' : null },
      el('b', {}, title, done.has(title) && el('span', { class: 'hidden' }, ' (done)')), el('span', {}, hint));
  }));
}

const choice = (label, on, at, more) =>
  el('button', { type: 'button', 'data-key': JSON.stringify(at), 'aria-pressed': String(on), 'data-look': JSON.stringify(at) }, label, more);

function drawVisitor(visitor, names) {
  $('visitor-name').textContent = `${visitor.name}, ${visitor.title.toLowerCase()}`;
  fill($('visitor-tabs'), [
    choice('Messages', looking.visitor === 'messages', { visitor: 'messages' }),
    el('button', { type: 'button', 'data-key': 'home', 'aria-pressed': String(looking.visitor === 'home'), 'data-look': '{"visitor":"home"}', 'data-act': '{"who":"visitor","do":"home"}' }, 'Home'),
  ]);
  const atHome = looking.visitor === 'home';
  log($('visitor-log'), atHome ? slack.home(visitor.home, 'visitor') : slack.messages(visitor.messages, names, 'visitor'),
    atHome ? ['Opening…'] : ['Press ', el('b', {}, '/refer'), ' to refer a family yourself, or play one.']);
  playing('visitor', visitor.play);
  trouble('visitor', visitor.errors);
  slack.drawView($('visitor'), 'visitor', visitor.view, visitor.play.values);
}

function drawParent(parent, snap) {
  $('parent').dataset.who = parent.who;
  $('parent-name').textContent = `${parent.name}, parent`;
  $('parent-face').textContent = initials(parent.name);
  $('phones').hidden = snap.parents.length < 2;
  fill($('phones'), snap.parents.map((p) => el('option', { 'data-key': p.who, value: p.who }, p.name)));
  $('phones').value = parent.who;
  $('parent-stop').dataset.act = JSON.stringify({ who: 'demo', do: 'stop', text: parent.who });
  fill($('command-list'), telegram.commands(parent.who, snap.commands));
  log($('parent-log'), telegram.bubbles(parent.who, parent.messages), ['Write anything, or ', el('b', {}, '/start'), ', to refer yourself. Or play a family.']);
  toast(parent);
  playing('parent', parent.play);
}

// toast shows for a while what the bot said to a press.
function toast(parent) {
  if (looking.toast === parent.toast) return;
  looking.toast = parent.toast;
  $('toast').textContent = parent.toast;
  clearTimeout(looking.toastEnds);
  looking.toastEnds = setTimeout(() => { $('toast').textContent = ''; }, 6000);
}

// playing shows what an example has typed, and lets it be stopped.
function playing(id, play) {
  const pane = $(id);
  if (play.on || pane.dataset.playing) pane.querySelector('.composer textarea').value = play.text || '';
  pane.dataset.playing = play.on ? 'yes' : '';
}

// trouble shows what Slack last told somebody went wrong, until they act again.
function trouble(id, errors) {
  const place = $(`${id}-trouble`);
  if (!(id in looking.troubles) || looking.troubles[id] > errors.length) looking.troubles[id] = errors.length;
  if (errors.length === looking.troubles[id]) return;
  looking.troubles[id] = errors.length;
  place.textContent = `Slack: ${errors.at(-1)}`;
  setTimeout(() => { place.textContent = ''; }, 8000);
}

function drawClinicians(snap, me, names) {
  looking.seen[looking.channel] = snap[looking.channel].length;
  const channel = (name) => choice(`# ${name}`, name === looking.channel, { channel: name }, unread(snap, name));
  fill($('people'), snap.clinicians.map((c) => choice(c.name.split(' ')[0], c.id === me.id, { clinician: c.id })));
  fill($('channels'), [channel('triage'), channel('safety')]);
  const here = snap[`${looking.channel}Channel`];
  const command = (text) => el('button', { type: 'button', class: 'chip', 'data-key': text, 'data-act': JSON.stringify({ who: me.id, do: 'command', text, channel: here }) }, text);
  fill($('triage-commands'), looking.channel === 'triage' ? [command('/triage'), command('/triage enter')] : []);
  $('clinicians-text').placeholder = `Message #${looking.channel}`;
  const told = me.messages.filter((m) => m.channel === here || looking.channel === 'triage' && m.channel.startsWith('D'));
  const all = [...snap[looking.channel], ...told].sort((a, b) => (a.ts < b.ts ? -1 : 1));
  log($('clinicians-log'), slack.messages(all, names, me.id), looking.channel === 'triage'
    ? ['Referrals appear here for a clinician to claim. Nothing in the channel says who the family is.']
    : ['If anything a person writes suggests that somebody may be at risk, this channel is told at once.']);
  $('clinicians-log').dataset.channel = looking.channel;
  trouble('clinicians', me.errors);
  slack.drawView($('clinicians'), me.id, me.view);
}

function unread(snap, name) {
  const n = snap[name].length - (looking.seen[name] || 0);
  return n > 0 ? el('span', { class: 'count' }, String(n), el('span', { class: 'hidden' }, ' new')) : null;
}

function drawKnows(parent, visitor) {
  const from = looking.source === 'visitor' ? visitor : parent;
  $('knows-of').textContent = `From ${from.name}`;
  fill($('sources'), [choice('Parent', looking.source === 'parent', { source: 'parent' }), choice('Professional', looking.source === 'visitor', { source: 'visitor' })]);
  fill($('knows-log'), panel(from.knows));
}

// drawPanes draws the way from pane to pane where they are shown one at a time, and says in
// a word what is new elsewhere.
function drawPanes(snap) {
  const at = document.body.dataset.pane;
  const cards = snap.triage.length + snap.safety.length;
  if (at === 'clinicians' || !('panes' in looking)) looking.panes = cards;
  const fresh = cards > looking.panes ? el('span', { class: 'count' }, String(cards - looking.panes), el('span', { class: 'hidden' }, ' new')) : null;
  fill($('panes'), [['visitor', 'Slack'], ['parent', 'Telegram'], ['clinicians', 'Clinicians'], ['knows', 'Bot knows']].map(([id, name]) =>
    choice(name, at === id, { pane: id }, id === 'clinicians' && fresh)));
  if (looking.cards !== undefined && cards > looking.cards && !$('clinicians').contains(document.activeElement)) {
    $('told').textContent = `New in the clinicians' channels: ${snap.triage.concat(snap.safety).at(-1).text}`;
  }
  looking.cards = cards;
}

document.querySelectorAll('[role=log]').forEach(stay);

// ---- Listening

let lost = false;
const events = new EventSource('events');
events.onmessage = (event) => {
  if (lost) $('lost').textContent = '';
  lost = false;
  const snap = JSON.parse(event.data);
  ahead = new Date(snap.now) - Date.now();
  draw(snap);
};
events.onerror = () => {
  lost = true;
  $('lost').textContent = 'The program has stopped, or cannot be reached.';
};

families = await (await fetch('examples')).json();
const group = (name, audience) => el('optgroup', { label: name }, families.filter((f) => f.audience === audience).map((f) => el('option', { value: f.id }, f.title)));
fill($('family'), [group('A parent, in Telegram', 'parent'), group('A professional, in Slack', 'professional')]);
