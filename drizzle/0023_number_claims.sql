CREATE TABLE `number_claim` (
	`id` text PRIMARY KEY NOT NULL,
	`claim_number` text NOT NULL,
	`account_id` text NOT NULL,
	`holder_id` text NOT NULL,
	`portal` text NOT NULL,
	`status` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`noticed_at_ms` integer,
	`object_until_ms` integer,
	`objected_at_ms` integer,
	`ended_at_ms` integer,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `number_claim_claim_number_unique` ON `number_claim` (`claim_number`);--> statement-breakpoint
CREATE UNIQUE INDEX `number_claim_live` ON `number_claim` (`account_id`) WHERE status in ('open', 'noticed', 'in_review');--> statement-breakpoint
CREATE UNIQUE INDEX `number_claim_told` ON `number_claim` (`holder_id`) WHERE status in ('noticed', 'in_review');--> statement-breakpoint
CREATE INDEX `number_claim_account` ON `number_claim` (`account_id`);--> statement-breakpoint
CREATE INDEX `number_claim_holder` ON `number_claim` (`holder_id`);--> statement-breakpoint
CREATE INDEX `number_claim_status` ON `number_claim` (`status`);