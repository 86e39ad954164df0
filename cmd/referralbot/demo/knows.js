// The side panel: what the bot knows from one person, and what it makes of it.

import { el } from './tree.js';

const stages = {
  '': 'Nothing said yet', greeting: 'Saying hello', asking: 'Asking', warning: 'Has warned: may carry on, or talk it over', booking: 'Arranging a call',
  reviewing: 'Reading the answers before sending', deleting: 'Asked whether to delete', recalling: 'Asked whether to take it back',
  urgent: 'Emergency help given; the questions wait', sent: 'Sent', stopped: 'Nothing is open',
};

const statuses = { draft: 'not sent, but held because of an alert', received: 'received, nobody has claimed it', claimed: 'claimed', awaiting: 'waiting for more information',
  decided: 'decided', closed: 'closed', withdrawn: 'taken back' };

const verdicts = {
  unknown: ['?', 'Not known yet'], clear: ['✓', 'Clear'], discuss: ['●', 'Discuss'], likely_excluded: ['▲', 'Likely excluded'],
  incomplete: ['?', 'Not known yet'],
};

const risks = { suicide_selfharm: 'Suicide or self-harm', harm_baby: 'Harm to the baby', domestic_abuse: 'Domestic abuse', psychosis: 'Psychosis',
  immediate_danger: 'Immediate danger', harm_from_others: 'Harm from others', wants_to_talk: 'Wants to talk to somebody now' };

// panel draws what is known.
export function panel(k) {
  return [summary(k), k.risk.length ? danger(k) : null, criteria(k), missing(k), answers(k)].filter(Boolean);
}

const badge = (verdict) => el('span', { class: `verdict ${verdict}`, 'data-key': verdict },
  el('span', { 'aria-hidden': 'true' }, verdicts[verdict][0]), ' ', verdicts[verdict][1]);

const part = (key, title, ...children) => el('section', { class: 'part', 'data-key': key }, el('h3', {}, title), ...children);

function summary(k) {
  const [done, open] = [k.told.length, k.missing.length];
  return el('section', { class: 'part', 'data-key': 'summary' },
    el('dl', { class: 'facts' },
      fact('Stage', stages[k.stage] || k.stage),
      k.ref && fact('Reference', el('code', {}, k.ref)),
      k.status && fact('Clinicians', statuses[k.status] + (k.claimant ? ` by ${k.claimant}` : '')),
      fact('Answers', `${done} given, ${open} still needed`)),
    el('progress', { max: String(done + open || 1), value: String(done), 'aria-label': 'Answers given' }));
}

const fact = (name, value) => el('div', {}, el('dt', {}, name), el('dd', {}, value));

function danger(k) {
  return el('section', { class: 'part danger', 'data-key': 'risk' }, el('h3', {}, 'Signs of risk'),
    el('ul', {}, k.risk.map((r, n) => el('li', { 'data-key': String(n) }, el('b', {}, risks[r.category] || r.category), ` (${r.level.toLowerCase()}). `,
      r.acknowledged ? `${r.acknowledged} looks into it.` : 'The safety channel has been told; nobody has acknowledged it yet.'))));
}

function criteria(k) {
  return part('criteria', 'The criteria',
    el('p', { class: 'small' }, 'Read after every answer. None of them turns anybody away: a clinician decides.'),
    k.criteria.map((c) => el('details', { class: 'criterion', 'data-key': c.title + c.verdict, open: c.verdict === 'discuss' || c.verdict === 'likely_excluded' },
      el('summary', {}, el('span', { class: 'name' }, c.title), badge(c.verdict)),
      el('blockquote', {}, c.source, el('cite', {}, ` The guidance, ${c.sentences}`)),
      c.needs.length ? el('p', { class: 'small' }, 'Would be settled by: ', c.needs.join('; ')) : null)));
}

function missing(k) {
  if (!k.missing.length) return null;
  return part('missing', 'Still needed', el('ul', { class: 'chips' }, k.missing.map((m) => el('li', { 'data-key': m }, m))));
}

function answers(k) {
  if (!k.told.length) return null;
  const sections = [...new Set(k.told.map((t) => t.section))];
  return part('answers', 'Answers', sections.map((s) => [
    el('h4', { 'data-key': s }, s),
    el('dl', { class: 'answers', 'data-key': `${s} answers` }, k.told.filter((t) => t.section === s).map((t) =>
      el('div', { 'data-key': t.field + t.answer },
        el('dt', {}, t.title, el('span', { class: 'number' }, t.question)),
        el('dd', {}, t.answer, el('span', { class: 'asked' }, 'Asked: ', t.asked))))),
  ]));
}
