import { join } from 'node:path';
import { endAfterRestore } from '@shiming/services/restore/after-restore';
import { backUp, restore } from '../../backup.ts';
import type { Answer } from './browser.ts';
import { type Checked, checkMessages, keyOfMail, keyOfSms, readMessages } from './check.ts';
import { type Part, pause, runScene } from './part.ts';

const beforeMs = 15_000;
const lostMs = 12_000;
const afterMs = 12_000;

/** What is said to somebody whose session, or registration, the database no longer has. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'session.extend': ['session.required'],
  'registration.proveContact': [
    'registration.not_started',
    'registration.out_of_order',
    'code.expired',
  ],
  'contact.confirm': ['session.required'],
  'desk.takeNext': ['staff.session_required'],
};

export const backupRestored: Part = {
  id: 'restored',
  title: 'The database lost, and a backup of some seconds before restored',
  run: (asked) =>
    runScene(asked, async ({ room, ledger, load }) => {
      await pause(beforeMs);
      const acknowledged = ledger.acknowledged.length;
      const backedUpAtMs = Date.now();
      const file = join(room.dir, 'backup.db');
      await backUp(join(room.dir, 'sqld/db'), file);
      await pause(lostMs);
      await load.stop();
      const lost = ledger.acknowledged.length - acknowledged;
      const outside = () => ({
        phone: room.sandbox.phone.messages(),
        mails: room.sandbox.mail.messages(),
      });
      const lastMs = Date.now();
      await room.replaceDatabase(
        (folder) => restore(file, folder),
        () =>
          endAfterRestore(
            { ...room.ctx(), actor: { type: 'system', job: 'after-restore' } },
            backedUpAtMs,
          ),
      );
      const written = await readMessages(room.ctx());
      await room.runJobs();
      await room.runJobs();
      // What the backup knew is sent no second time. What happens again, such as a decision, is told again: as another message.
      const known = new Set(written.map(({ key }) => key));
      const { phone, mails } = outside();
      const ofBackup = {
        phone: phone.filter((each) => known.has(keyOfSms(each)) && each.atMs <= lastMs),
        mails: mails.filter((each) => known.has(keyOfMail(each))),
      };
      const [twice] = checkMessages(written, ofBackup, lastMs);
      const isUnknown = ({ atMs }: { atMs: number }, key: string) =>
        atMs > backedUpAtMs && atMs <= lastMs && !known.has(key);
      const unknown = new Set([
        ...phone.filter((each) => isUnknown(each, keyOfSms(each))).map(({ id }) => id),
        ...mails.filter((each) => isUnknown(each, keyOfMail(each))).map(({ id }) => id),
      ]);

      const wrong: string[] = [];
      let looked = 0;
      const says = (path: string, answer: Answer) => {
        looked += 1;
        const said = answer.is === 'refused' ? answer.code : answer.is;
        if (expected[path]?.includes(said) !== true) wrong.push(`${path} says ${said}`);
      };
      for (const { browser, prefix } of load.browsers()) {
        const code = { code: '123456' };
        says('session.extend', await browser.call(prefix, 'session.extend'));
        says('contact.confirm', await browser.call(prefix, 'contact.confirm', code));
      }
      for (const { browser, prefix } of load.registering()) {
        const code = { code: '123456' };
        says(
          'registration.proveContact',
          await browser.call(prefix, 'registration.proveContact', code),
        );
      }
      for (const browser of load.staff()) {
        says('desk.takeNext', await browser.call('', 'desk.takeNext'));
      }
      const more: Checked[] = [
        { name: 'restored: what was given out before is refused in words', looked, wrong },
        {
          name: 'restored: nothing is sent again',
          looked: written.length,
          wrong: twice?.wrong ?? [],
        },
      ];
      // What was acknowledged since the backup is lost, as the drill says; from here on nothing is.
      ledger.goBack(acknowledged);
      await load.start(asked.people);
      await pause(afterMs);
      return {
        counts: { 'acknowledged since the backup and lost with the disk': lost },
        more,
        unknown,
        except: ['questions to the authority: each is written down'],
      };
    }),
};
