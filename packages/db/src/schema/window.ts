import type { WindowCheck, WindowReason, WindowRevocation, WindowStatus } from '@shiming/domain';
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { constraints } from '#constraints';

/** A ticket with which somebody comes to a window (E-WIN-01), and what a clerk recorded there. */
export const windowTicketTable = sqliteTable(
  'window_ticket',
  {
    id: text().primaryKey(),
    /** What the person shows, as a QR code or read out. */
    code: text().notNull().unique(),
    portal: text().notNull(),
    /** The account, or the registration that becomes one and keeps its id. */
    accountId: text('account_id').notNull(),
    /** The check that the window stands for. */
    check: text().$type<WindowCheck>().notNull(),
    status: text().$type<WindowStatus>().notNull(),
    createdAtMs: integer('created_at_ms').notNull(),
    expiresAtMs: integer('expires_at_ms').notNull(),
    decidedAtMs: integer('decided_at_ms'),
    reason: text().$type<WindowReason>(),
    /** The number of the window, and who of the staff decided there. */
    scope: text(),
    clerkId: text('clerk_id'),
    /** Of a pass that was revoked: when, why and by whom of the staff. */
    revokedAtMs: integer('revoked_at_ms'),
    revocation: text().$type<WindowRevocation>(),
    revokedBy: text('revoked_by'),
  },
  constraints((table) => [
    // One open ticket of a person, however many are taken at once.
    uniqueIndex('window_ticket_open')
      .on(table.accountId)
      .where(sql`status = 'open'`),
    index('window_ticket_account').on(table.accountId, table.createdAtMs),
    index('window_ticket_scope').on(table.scope, table.decidedAtMs),
    index('window_ticket_expiry').on(table.expiresAtMs),
  ]),
);
