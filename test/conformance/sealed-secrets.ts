import { beforeEach, describe, expect, it } from 'vitest';
import type { SealedSecrets } from '../../src/store/operations-port.ts';

/** What every place for sealed secrets has to do. `open` gives an empty one each time. */
export function sealedSecretsConformance(name: string, open: () => Promise<SealedSecrets>): void {
  describe(`sealed secrets conformance: ${name}`, () => {
    let secrets: SealedSecrets;
    beforeEach(async () => {
      secrets = await open();
    });

    it('is empty at first, and removing nothing is no error', async () => {
      expect(await secrets.get('desk', 'zendesk')).toBeNull();
      expect(await secrets.all()).toEqual([]);
      await secrets.remove('desk', 'zendesk');
    });

    it('keeps the last text of each workspace and name', async () => {
      await secrets.put('desk', 'zendesk', 'first');
      await secrets.put('desk', 'zendesk', '{"v":1,"text":"a+/="}');
      await secrets.put('other', 'zendesk', 'theirs');
      await secrets.put('desk', 'jira.cloud', 'b');
      expect(await secrets.get('desk', 'zendesk')).toBe('{"v":1,"text":"a+/="}');
      expect(await secrets.get('other', 'jira.cloud')).toBeNull();
      const all = (await secrets.all()).toSorted((a, b) => (a.workspace + a.name < b.workspace + b.name ? -1 : 1));
      expect(all).toEqual([
        { workspace: 'desk', name: 'jira.cloud', sealed: 'b' },
        { workspace: 'desk', name: 'zendesk', sealed: '{"v":1,"text":"a+/="}' },
        { workspace: 'other', name: 'zendesk', sealed: 'theirs' },
      ]);
    });

    it('removes one and leaves its namesakes', async () => {
      await secrets.put('desk', 'zendesk', 'a');
      await secrets.put('other', 'zendesk', 'b');
      await secrets.remove('desk', 'zendesk');
      expect(await secrets.get('desk', 'zendesk')).toBeNull();
      expect(await secrets.get('other', 'zendesk')).toBe('b');
    });
  });
}
