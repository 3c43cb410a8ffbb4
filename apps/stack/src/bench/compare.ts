import { signInCases } from './cases.ts';
import { applicantCases, deskCases, registrationCases } from './work-cases.ts';
import { byTurns } from './measure.ts';
import { partOf } from './part.ts';
import { type CaseResult, measureTable, ratioTable } from './report.ts';

interface CompareResult {
  readonly results: readonly CaseResult[];
  /** How often the floor asked its database again, which had too much to do: the product does so by itself. */
  readonly floorRetries: number;
}

/** Floor, peer and product in one run, by turns. */
export const comparePart = partOf<CompareResult>({
  id: 'compare',
  title: 'Against the floor and the peer',
  isUsual: true,
  async measure(context) {
    const parties = { ours: await context.ours(), ...(await context.others()) };
    const results: CaseResult[] = [];
    for (const cases of [signInCases, registrationCases, applicantCases, deskCases]) {
      for (const { contestants, ...rest } of await cases(parties)) {
        if (!context.isChosen(rest.id)) continue;
        context.say(`${rest.title} …`);
        results.push({ ...rest, measured: await byTurns(contestants, context.rounds) });
      }
    }
    const floorRetries = Number(await (await fetch(`${parties.floor.url}/retries`)).text());
    return { results, floorRetries };
  },
  render: ({ results, floorRetries }) =>
    `A rate above 1 is a faster product; so is CPU above 1. CPU is that of workerd and sqld together. The floor asked ${floorRetries} times again
what its database was too busy for.

${ratioTable(results)}

Medians of the rounds, with the least and the most of them:

${measureTable(results)}`,
});
