import { describe, expect, it } from 'vitest';
import { reportView } from '../../../test/harness/report-view.ts';
import { renderBadge } from './badge.ts';
import { Summary, summarize } from './summary.ts';

const { snapshot } = reportView();

describe('renderBadge', () => {
  it('says step and what is assured', () => {
    expect(renderBadge(snapshot.headline)).toContain('>Stage 2 Formal · assured 1<');
  });

  it('marks what people alone say, and names no step where none is placed', () => {
    expect(renderBadge({ ...snapshot.headline, face: 'answers_only', assured: null })).toContain(
      'Formal, self-reported<',
    );
    expect(renderBadge({ ...snapshot.headline, face: 'not_placed' })).toContain('>not placed<');
  });

  it('draws hostile names as text', () => {
    const badge = renderBadge({ ...snapshot.headline, workspace: '"><script>', title: '<script>x</script>' });
    expect(badge).not.toMatch(/<script/);
  });
});

describe('summarize', () => {
  it('fits its schema and names the first moves', () => {
    const summary = Summary.parse(summarize(snapshot));
    expect(summary).toMatchObject({
      title: 'Stage 2 Formal',
      step: { stage: 2 },
      assured: { stage: 1 },
      moves: [{ id: 'S1.4', title: 'Promise a first reply', effort: 'weeks', gain: 0.5 }],
    });
  });
});
