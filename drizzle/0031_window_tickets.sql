CREATE TABLE `window_ticket` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`portal` text NOT NULL,
	`account_id` text NOT NULL,
	`check` text NOT NULL,
	`status` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`decided_at_ms` integer,
	`reason` text,
	`scope` text,
	`clerk_id` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `window_ticket_code_unique` ON `window_ticket` (`code`);--> statement-breakpoint
CREATE UNIQUE INDEX `window_ticket_open` ON `window_ticket` (`account_id`) WHERE status = 'open';--> statement-breakpoint
CREATE INDEX `window_ticket_account` ON `window_ticket` (`account_id`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `window_ticket_scope` ON `window_ticket` (`scope`,`decided_at_ms`);--> statement-breakpoint
CREATE INDEX `window_ticket_expiry` ON `window_ticket` (`expires_at_ms`);