CREATE TABLE `matter` (
	`id` text PRIMARY KEY NOT NULL,
	`portal` text NOT NULL,
	`office` text NOT NULL,
	`request_id` text NOT NULL,
	`body_digest` text NOT NULL,
	`number_index` text NOT NULL,
	`details_sealed` text NOT NULL,
	`role` text NOT NULL,
	`purpose` text NOT NULL,
	`status` text NOT NULL,
	`asked_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`ended_at_ms` integer,
	`account_id` text,
	`receipt` text,
	`proved_by` text,
	`key_id` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `matter_request` ON `matter` (`office`,`request_id`);--> statement-breakpoint
CREATE INDEX `matter_number` ON `matter` (`number_index`,`asked_at_ms`);--> statement-breakpoint
CREATE INDEX `matter_account` ON `matter` (`account_id`);--> statement-breakpoint
CREATE INDEX `matter_asked` ON `matter` (`asked_at_ms`);--> statement-breakpoint
CREATE INDEX `matter_key` ON `matter` (`key_id`);