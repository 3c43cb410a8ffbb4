CREATE TABLE `recovery` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`account_id` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `recovery_account` ON `recovery` (`account_id`);--> statement-breakpoint
CREATE INDEX `recovery_expiry` ON `recovery` (`expires_at_ms`);