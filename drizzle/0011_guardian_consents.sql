CREATE TABLE `guardian_consent` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`child_id` text,
	`child_sealed` text NOT NULL,
	`relation` text NOT NULL,
	`scope` text NOT NULL,
	`version` text NOT NULL,
	`given_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`used_at_ms` integer,
	`ended_at_ms` integer,
	`ending` text,
	`look_at_ms` integer,
	`key_id` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `guardian_consent_account` ON `guardian_consent` (`account_id`);--> statement-breakpoint
CREATE INDEX `guardian_consent_child` ON `guardian_consent` (`child_id`);--> statement-breakpoint
CREATE INDEX `guardian_consent_look` ON `guardian_consent` (`look_at_ms`);--> statement-breakpoint
CREATE INDEX `guardian_consent_key` ON `guardian_consent` (`key_id`);