CREATE TABLE `handover` (
	`id` text PRIMARY KEY NOT NULL,
	`portal` text NOT NULL,
	`scope` text NOT NULL,
	`staff_id` text NOT NULL,
	`number_index` text NOT NULL,
	`name_index` text NOT NULL,
	`person_sealed` text NOT NULL,
	`secret_hash` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`ends_at_ms` integer,
	`used_at_ms` integer,
	`revoked_at_ms` integer,
	`account_id` text,
	`key_id` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `handover_number` ON `handover` (`number_index`);--> statement-breakpoint
CREATE INDEX `handover_name` ON `handover` (`name_index`);--> statement-breakpoint
CREATE INDEX `handover_scope` ON `handover` (`scope`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `handover_ends` ON `handover` (`ends_at_ms`);--> statement-breakpoint
CREATE INDEX `handover_account` ON `handover` (`account_id`);--> statement-breakpoint
CREATE INDEX `handover_key` ON `handover` (`key_id`);