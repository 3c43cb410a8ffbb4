ALTER TABLE `staff` ADD `email_given_by_id` text;--> statement-breakpoint
ALTER TABLE `staff` ADD `email_changed_at_ms` integer;--> statement-breakpoint
ALTER TABLE `staff` ADD `former_password_hashes` text DEFAULT '[]' NOT NULL;