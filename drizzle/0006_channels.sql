CREATE TABLE `channel_stop` (
	`channel` text PRIMARY KEY NOT NULL,
	`since_ms` integer NOT NULL,
	`probe_at_ms` integer NOT NULL,
	`failures` integer NOT NULL,
	`vendor` text NOT NULL,
	`vendor_code` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `outbox` ADD `priority` integer DEFAULT 2 NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `account_id` text;--> statement-breakpoint
ALTER TABLE `outbox` ADD `notice_kind` text;--> statement-breakpoint
CREATE INDEX `outbox_next` ON `outbox` (`channel`,`priority`,`due_at_ms`) WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX `outbox_account` ON `outbox` (`account_id`,`notice_kind`,`created_at_ms`) WHERE account_id is not null;--> statement-breakpoint
-- A sender may have given it away, so it is not sent again.
UPDATE `outbox` SET `status` = 'handing_over' WHERE `status` = 'sending';
