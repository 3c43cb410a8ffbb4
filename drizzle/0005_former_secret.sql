ALTER TABLE `session` ADD `former_secret_hash` text;--> statement-breakpoint
ALTER TABLE `session` ADD `former_until_ms` integer;--> statement-breakpoint
ALTER TABLE `staff_session` ADD `former_secret_hash` text;--> statement-breakpoint
ALTER TABLE `staff_session` ADD `former_until_ms` integer;