import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPresets, matchPreset } from './propose/presets.ts';
import { proposeMapping } from './propose/propose-mapping.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures', 'presets');
const PRESETS = loadPresets();

/** The times of these files carry their zone, in the text or in the header: only then there is nothing to ask. */
const ZONED = ['freshdesk-json', 'github-issues', 'help-scout', 'intercom-conversations', 'xes-log', 'zendesk-json'];

describe('presets', () => {
  it.each(PRESETS.map((preset) => preset.id))('%s is recognised and asks nothing that the file answers', async (id) => {
    const proposal = await proposeMapping([join(FIXTURES, `${id}.csv`)]);
    expect(proposal.preset?.id).toBe(id);
    expect(proposal.points.map((point) => point.id)).toEqual(ZONED.includes(id) ? [] : ['time-zone']);
    // Activities that change nothing are no question; any other word without a meaning would be one.
    expect(proposal.unknown.filter((one) => one.target !== 'events.activity')).toEqual([]);
  });

  it('are told apart by what is theirs alone, whatever the order and the case of the columns', () => {
    const zendesk = ['status', 'created at', 'via', 'REQUESTER ID', 'Assigned at', 'Group stations', 'id'];
    expect(matchPreset(PRESETS, zendesk)?.id).toBe('zendesk-tickets');
    expect(matchPreset(PRESETS, ['Id', 'Status', 'Created at'])).toBeNull();
    expect(matchPreset(PRESETS, ['Ticket ID', 'Status', 'Created time', 'Subject'])).toBeNull();
  });

  it('say what was confirmed', () => {
    for (const preset of PRESETS) expect(preset.confirmed.join('').length, preset.id).toBeGreaterThan(40);
  });
});
