import { describe, expect, it } from 'vitest';
import { readHeader } from './header.ts';
import { guessRole, slaMetricOf } from './time-roles.ts';

describe('readHeader', () => {
  it.each([
    ['open_dt', 'open date'],
    ['sr_number', 'number'],
    ['CaseID', 'id'],
    ['Ticket created - Timestamp', 'created timestamp'],
    ['Created Time (Ticket)', 'created time'],
    ['Custom field (Request Type)', 'type'],
    ['fields.resolutiondate', 'resolution date'],
    ['createdon', 'created on'],
    ['N° de ticket', 'number de ticket'],
    ["Date d'ouverture", 'date created'],
    ['Fecha de creación', 'date created'],
    ['Lösungszeit (Std.)', 'resolution time'],
    ['Délai de première réponse (min)', 'time first reply'],
    // English words that other languages share stay English.
    ['Creation date', 'creation date'],
    ['Data source', 'data source'],
    ['Do not contact', 'do not contact'],
    ['createddate', 'created date'],
    ['sys_updated_on', 'updated on'],
    ['Ticket Category [list]', 'category'],
  ])('reads %j as %j', (column, words) => {
    expect(readHeader(column).words.join(' ')).toBe(words);
  });

  it.each([
    ['First reply time in minutes', 'minutes', null],
    ['First reply time in minutes within business hours', 'minutes', 'business'],
    ['Resolution time (in hrs)', 'hours', null],
    ['Time to close (HH:mm:ss)', 'clock', null],
    ['First Response Time in Business Hours', null, 'business'],
    ['TTR', null, null],
  ])('finds unit and clock of %j', (column, unit, clock) => {
    expect(readHeader(column)).toMatchObject({ unit, clock });
  });

  it.each([
    ['Created (UTC)', 'UTC'],
    ['Started at (Europe/Berlin)', 'Europe/Berlin'],
    ['change_time_utc', 'UTC'],
    ['Created (Ticket)', null],
  ])('finds the zone of %j', (column, zone) => {
    expect(readHeader(column).zone).toBe(zone);
  });
});

describe('guessRole', () => {
  it.each([
    // Deadlines, whatever else the name says.
    ['Time to Close SLA Due Date', 'due'],
    ['Time to First Response SLA Due Date', 'due'],
    ['Required Resolution DateTime', 'due'],
    ['Expected closure', 'due'],
    ['target_dt', 'due'],
    ['Due by Time', 'due'],
    ['resolution_by', 'due'],
    ['First Response Due', 'due'],
    ['Promised completion date', 'due'],
    ['SLA resolution time', 'due'],
    // Stamps of the last change.
    ['resolution_action_updated_date', 'updated_at'],
    ['Status Category Changed', 'updated_at'],
    ['Last Modified Date', 'updated_at'],
    // What they are.
    ['Last Resolved Date', 'solved_at'],
    ['Resolved', 'solved_at'],
    ['closed_dt', 'closed_at'],
    ['Close date', 'closed_at'],
    ['open_dt', 'created_at'],
    ['Date/Time Opened', 'created_at'],
    ['Conversation started at', 'created_at'],
    ['First agent email response date', 'first_reply_at'],
    ['Initial response time', 'first_reply_at'],
    // In the six other languages.
    ['Erstellt am', 'created_at'],
    ['Eröffnungsdatum', 'created_at'],
    ['Erste Antwort am', 'first_reply_at'],
    ['Gelöst am', 'solved_at'],
    ['Geschlossen am', 'closed_at'],
    ['Letzte Änderung', 'updated_at'],
    ['Zieldatum Lösung', 'due'],
    ["Date d'ouverture", 'created_at'],
    ['Date de première réponse', 'first_reply_at'],
    ['Date de résolution', 'solved_at'],
    ['Date de clôture', 'closed_at'],
    ['Dernière mise à jour', 'updated_at'],
    ["Date d'échéance", 'due'],
    ['Fecha de creación', 'created_at'],
    ['Fecha de resolución', 'solved_at'],
    ['Fecha de cierre', 'closed_at'],
    ['Fecha límite', 'due'],
    ['Data apertura', 'created_at'],
    ['Data chiusura', 'closed_at'],
    ['Aangemaakt op', 'created_at'],
    ['Opgelost op', 'solved_at'],
    ['Data de abertura', 'created_at'],
    ['Data de fechamento', 'closed_at'],
    // None of them.
    ['Last response date', 'other'],
    ['Assigned at', 'other'],
    ['Reopened at', 'other'],
    ['Survey sent', 'other'],
  ])('%j is %s', (column, role) => {
    const guess = guessRole(readHeader(column));
    expect(guess.role).toBe(role);
    if (role !== 'other') expect(guess.score).toBeGreaterThanOrEqual(6);
  });

  it.each([
    ['replied', 'first_reply_at'],
    ['Response date', 'first_reply_at'],
  ])('%j is too weak to be taken without a question', (column, role) => {
    const guess = guessRole(readHeader(column));
    expect(guess.role).toBe(role);
    expect(guess.score).toBeLessThan(6);
  });

  it.each([
    ['First Response Due', 'first_reply'],
    ['Next response due', 'next_reply'],
    ['Resolution Due Date', 'resolution'],
    ['Due date', 'overall'],
  ])('the promise of %j is %s', (column, metric) => {
    expect(slaMetricOf(readHeader(column))).toBe(metric);
  });
});
