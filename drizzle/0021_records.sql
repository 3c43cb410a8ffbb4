CREATE TABLE `record` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`portal` text NOT NULL,
	`kind` text NOT NULL,
	`ask_id` text,
	`asked_at_ms` integer NOT NULL,
	`outcome` text,
	`answer_sealed` text,
	`answer_outcome` text,
	`answered_at_ms` integer,
	`about` integer,
	`key_id` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `record_account` ON `record` (`account_id`);--> statement-breakpoint
CREATE INDEX `record_asked` ON `record` (`asked_at_ms`);--> statement-breakpoint
CREATE INDEX `record_key` ON `record` (`key_id`);