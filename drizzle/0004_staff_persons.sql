ALTER TABLE `staff` ADD `email_index` text;--> statement-breakpoint
CREATE INDEX `staff_number` ON `staff` (`number_index`);--> statement-breakpoint
CREATE INDEX `staff_email` ON `staff` (`email_index`);