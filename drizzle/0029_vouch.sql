CREATE TABLE `vouch` (
	`id` text PRIMARY KEY NOT NULL,
	`asker_id` text NOT NULL,
	`helper_id` text,
	`portal` text NOT NULL,
	`answers_sealed` text NOT NULL,
	`status` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`seen_at_ms` integer,
	`decided_at_ms` integer,
	`false_at_ms` integer,
	`key_id` text NOT NULL,
	FOREIGN KEY (`asker_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`helper_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `vouch_asker` ON `vouch` (`asker_id`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `vouch_helper` ON `vouch` (`helper_id`,`status`);--> statement-breakpoint
CREATE INDEX `vouch_key` ON `vouch` (`key_id`);