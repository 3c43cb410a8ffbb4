CREATE TABLE `__new_recovery` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`account_id` text,
	`contact_kind` text,
	`contact_sealed` text,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_recovery`("id", "secret_hash", "account_id", "created_at_ms", "expires_at_ms") SELECT "id", "secret_hash", "account_id", "created_at_ms", "expires_at_ms" FROM `recovery`;--> statement-breakpoint
DROP TABLE `recovery`;--> statement-breakpoint
ALTER TABLE `__new_recovery` RENAME TO `recovery`;--> statement-breakpoint
CREATE INDEX `recovery_account` ON `recovery` (`account_id`);--> statement-breakpoint
CREATE INDEX `recovery_expiry` ON `recovery` (`expires_at_ms`);