import { documentTypes, isReason, parseDecision } from '@shiming/domain';
import { describe, expect, it } from 'vitest';
import {
  activeReason,
  approvalStep,
  checks,
  type Draft,
  emptyDraft,
  marked,
  marksOn,
  nextCheck,
  noted,
  notReturnable,
  type Seen,
  ticked,
  toggled,
  unlooked,
  withItem,
} from './draft.ts';
import { choicesFor, itemsFor, neighbour } from './reason-choices.ts';

const mark = { x: 0.1, y: 0.2, width: 0.3, height: 0.1 };
const holding = withItem({ ...emptyDraft, outcome: 'reject' }, 'holding');

describe('T-CON-04: the reasons of a decision', () => {
  it('offers every item’s reasons, each with a key of its own that does nothing else there', () => {
    const others = new Set('snuvfrzdamxic0[]+-=,.?'.split(''));
    for (const type of documentTypes) {
      for (const item of itemsFor(type)) {
        const choices = choicesFor(item, type);
        const keys = choices.map(({ key }) => key);
        expect(new Set(keys).size).toBe(choices.length);
        expect(keys.every((key) => key.length === 1 && !others.has(key))).toBe(true);
        const reasons = choices.map(({ code }) => ({ code, item, mark: null, note: null }));
        expect(reasons.every(isReason)).toBe(true);
      }
    }
  });

  it('does not fault an identity card for what it does not carry beside its number', () => {
    const codes = choicesFor('profile', 'resident_identity_card').map(({ code }) => code);
    expect(codes).toEqual(['ethnicity_mismatch']);
    expect(choicesFor('profile', 'hk_macao_travel_permit')).toHaveLength(4);
    const residence = choicesFor('profile', 'hmt_residence_permit').map(({ code }) => code);
    expect(residence).toContain('travel_permit_number_mismatch');
  });

  it('goes round the items either way', () => {
    const items = itemsFor('resident_identity_card');
    expect(neighbour(items, 'a', -1)).toBe('number');
    expect(neighbour(items, 'number', 1)).toBe('a');
  });

  it('gives region and sentence to the reason ticked last, and takes them back with it', () => {
    let draft = toggled(toggled(holding, 'holding_face_unclear'), 'photo_glare');
    draft = noted(marked(draft, 'holding', mark), '字被光挡住了');
    expect(draft.reasons).toEqual([
      { code: 'holding_face_unclear', item: 'holding', mark: null, note: null },
      { code: 'photo_glare', item: 'holding', mark, note: '字被光挡住了' },
    ]);
    draft = toggled(draft, 'photo_glare');
    expect(marksOn(draft, 'holding')).toEqual([]);
    expect(activeReason(draft)?.code).toBe('holding_face_unclear');
  });

  it('keeps a region that was drawn first for the reason that comes', () => {
    const drawn = marked(holding, 'holding', mark);
    expect(marksOn(drawn, 'holding')).toEqual([{ mark, isActive: true }]);
    const chosen = toggled(drawn, 'photo_glare');
    expect(chosen.reasons[0]?.mark).toEqual(mark);
    expect(marksOn(chosen, 'holding')).toEqual([{ mark, isActive: true }]);
    expect(marksOn(chosen, 'a')).toEqual([]);
  });

  it('puts a region on the photo it was drawn on, whatever item is listed', () => {
    const draft = marked(toggled(withItem(holding, 'name'), 'name_mismatch'), 'b', mark);
    expect(draft.reasons[0]?.mark).toBeNull();
    expect(draft.pendingMark).toEqual({ side: 'b', mark });
  });

  it('is what the server takes', () => {
    const draft = noted(marked(toggled(holding, 'photo_glare'), 'holding', mark), '请换个角度。');
    const { reasons } = draft;
    expect(parseDecision({ outcome: 'reject', reasons })).toMatchObject({ ok: true });
    expect(parseDecision({ outcome: 'return', reasons })).toMatchObject({ ok: true });
  });

  it('says what cannot be sent back before the server does', () => {
    const draft = toggled(withItem(toggled(holding, 'photo_glare'), 'number'), 'number_mismatch');
    expect(notReturnable(draft)).toEqual(['number']);
    expect(parseDecision({ outcome: 'return', reasons: draft.reasons }).ok).toBe(false);
    expect(notReturnable(toggled(holding, 'photo_glare'))).toEqual([]);
  });
});

describe('T-CON-04: no check without a look', () => {
  const all: Seen = new Set(['a', 'b', 'holding']);

  it('ticks nothing while the photos are covered, and names the photo that is missing', () => {
    const pressed = approvalStep(emptyDraft, new Set());
    expect(pressed).toEqual({ draft: emptyDraft, look: 'a' });
    const ticks = [...checks];
    expect(nextCheck({ ...emptyDraft, ticks }, new Set())).toBe('name');
    expect(nextCheck({ ...emptyDraft, ticks }, new Set(['a', 'b']))).toBe('holding');
  });

  it('goes from check to check, each with its photo, and chooses the approval last', () => {
    let draft: Draft = emptyDraft;
    let look: string | null = 'a';
    const seen = new Set<'a' | 'b' | 'holding'>();
    const way: string[] = [];
    while (draft.outcome === null) {
      if (look !== null) seen.add(look as 'a');
      way.push(`${nextCheck(draft, seen)} ${look}`);
      ({ draft, look } = approvalStep(draft, seen));
    }
    expect(way).toEqual(['name a', 'number a', 'validity b', 'profile a', 'holding holding']);
    expect(draft).toMatchObject({ outcome: 'approve', ticks: checks });
  });

  it('lets a doubt stand for the tick at the face, once the photo has been seen', () => {
    const ticks = checks.filter((check) => check !== 'holding');
    const doubted = { ...emptyDraft, ticks, isFaceDoubtful: true };
    expect(nextCheck(doubted, all)).toBeUndefined();
    expect(nextCheck(doubted, new Set(['a', 'b']))).toBe('holding');
    expect(approvalStep(doubted, all).draft.outcome).toBe('approve');
  });

  it('begins again once the photos are covered; reasons stay', () => {
    const chosen = ticked(toggled(holding, 'photo_glare'), 'name');
    expect(unlooked(chosen)).toEqual({ ...chosen, ticks: [] });
    expect(unlooked({ ...chosen, outcome: 'approve' }).outcome).toBeNull();
  });
});
