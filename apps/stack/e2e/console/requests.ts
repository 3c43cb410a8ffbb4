import { createShimingClient, type ShimingClient } from '@shiming/client';
import { caseTable } from '@shiming/db';
import { type PhotoSide, photoSides } from '@shiming/domain';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Card, photographCard } from '../cards.ts';
import { database, runScheduled, webUrl } from '../harness.ts';
import { newPerson, password, type Person, registered, ticketFor } from '../people.ts';
import { isInBlindSample } from './staff.ts';

/** Somebody's request as they have it in hand. */
export type Request = {
  person: Person;
  client: ShimingClient;
  caseId: string;
  put(side: PhotoSide, photo: Buffer): Promise<void>;
};

export const cardOf = ({ document }: Person): Card => {
  const { number, name } = document;
  return {
    name,
    number,
    sex: Number(number[16]) % 2 === 1 ? '男' : '女',
    birth: `${number.slice(6, 10)} 年 ${Number(number.slice(10, 12))} 月 ${Number(number.slice(12, 14))} 日`,
    validity: '2020.05.06-2040.05.06',
  };
};

/** A request with three photos of a made-up card, as the API takes it. */
export async function requested(page: Page, card: Partial<Card> = {}): Promise<Request> {
  const person = newPerson();
  await registered(person);
  const { name, number, validityStart, validityTerm } = person.document;
  // A client of its own, because photos go another way and need the cookies.
  let cookies = '';
  const client = createShimingClient({
    url: webUrl,
    fetch: (sent) => {
      cookies = sent.headers.get('cookie') ?? cookies;
      return fetch(sent);
    },
  });
  const ticket = await ticketFor(client, 'login');
  await client.login.signIn.mutate({ name: number, password, ticket });
  await client.verification.verify.mutate({ name, validityStart, validityTerm });
  await client.data.giveConsent.mutate({ kind: 'photos', hasAgreed: false });
  const put = async (side: PhotoSide, photo: Buffer) => {
    const answer = await fetch(`${webUrl}/photos/${side}`, {
      method: 'PUT',
      headers: { cookie: cookies, 'content-type': 'image/jpeg', origin: webUrl },
      body: new Uint8Array(photo),
    });
    expect(await answer.text()).toContain('photoId');
  };
  for (const side of photoSides) {
    await put(side, await photographCard(page, { ...cardOf(person), ...card }, side));
  }
  const reason = '今年八月换了新身份证，核验一直不过。';
  await client.review.saveAnswers.mutate({
    name,
    validityStart,
    validityTerm,
    reason,
    channel: 'inbox',
  });
  await client.review.submit.mutate();
  await leaveBlindSample(client);
  return { person, client, caseId: await caseIdOf(client), put };
}

/** Takes a request back, as anybody may before it is opened, and sends it once more, as another case. */
export async function sendAnew({ review }: ShimingClient): Promise<void> {
  await review.withdraw.mutate();
  await review.correct.mutate();
  await review.submit.mutate();
}

/** Sends a request anew as long as it is one of the twentieth that two people decide: journeys know how many do. */
export async function leaveBlindSample(client: ShimingClient): Promise<void> {
  while (await isInBlindSample(await caseIdOf(client))) await sendAnew(client);
}

export async function caseIdOf(client: ShimingClient): Promise<string> {
  const { request } = await client.review.current.query();
  const rows = await database().select().from(caseTable);
  const number = (request?.caseNumber ?? '').replaceAll(/[\s-]/g, '');
  const row = rows.find(({ caseNumber }) => caseNumber === number);
  return row?.id ?? '';
}

/** Makes the time in which decisions can be undone pass, and has the scheduled jobs let them take effect. */
export async function settleDecisions(): Promise<void> {
  await database().run('update "case" set settles_at_ms = 1 where settles_at_ms is not null');
  await runScheduled();
}

/** Lets the next decision on this page be undone for most of a minute: on a busy machine ten seconds are over before a journey has looked. */
export async function giveTimeToUndo(page: Page): Promise<void> {
  // Of more than a minute the product says that a clock was ahead.
  const moreMs = 45_000;
  await page.route(
    '**/trpc/desk.decide',
    async (route) => {
      const response = await route.fetch();
      await database().run(
        `update "case" set settles_at_ms = settles_at_ms + ${moreMs} where status = 'deciding'`,
      );
      const { result } = await response.json();
      const settlesAtMs = result.data.settlesAtMs + moreMs;
      await route.fulfill({
        response,
        json: { result: { data: { ...result.data, settlesAtMs } } },
      });
    },
    { times: 1 },
  );
}
