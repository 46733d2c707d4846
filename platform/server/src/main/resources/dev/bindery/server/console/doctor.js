// What is wrong with the host, and what to do about it.

import { badge, bytes, h, money, table } from './dom.js';
import { ask } from './host.js';

export async function doctorView(place) {
  const found = h('div');
  async function refresh() {
    const [status, { findings, problems }] = await Promise.all(
      [ask('GET', '/admin/v1/status'), ask('GET', '/admin/v1/doctor')]);
    found.replaceChildren(
      h('p', {}, problems === 0 ? 'Nothing is wrong.' : `${problems} ${problems === 1 ? 'thing is' : 'things are'} wrong.`),
      h('p', { class: 'quiet' }, figures(status)),
      table(['', 'What', 'Found'], findings.map(row), ''));
  }
  place.append(h('h1', {}, 'Doctor'), found);
  await refresh();
  return { refresh };
}

function row(finding) {
  return [
    badge(finding.weight),
    finding.subject,
    [finding.message, finding.advice && h('p', { class: 'quiet' }, finding.advice)],
  ];
}

function figures(status) {
  return [
    `Bindery ${status.version}`,
    `since ${new Date(status.started).toLocaleString()}`,
    `home ${status.home}`,
    status.memory.rss_bytes && `${bytes(status.memory.rss_bytes)} of memory`,
    money(status.cost) && `${money(status.cost)} spent`,
  ].filter(Boolean).join(' · ');
}
