ALTER TABLE `account` ADD `portal` text DEFAULT 'teacher' NOT NULL;--> statement-breakpoint
ALTER TABLE `consent` ADD `portal` text DEFAULT 'teacher' NOT NULL;--> statement-breakpoint
ALTER TABLE `consent` ADD `purpose` text DEFAULT 'use_account' NOT NULL;--> statement-breakpoint
ALTER TABLE `consent` ADD `receiver` text DEFAULT 'operator' NOT NULL;--> statement-breakpoint
UPDATE `consent` SET `purpose` = 'real_name_check', `receiver` = 'identity_authority' WHERE `kind` = 'document_number';--> statement-breakpoint
ALTER TABLE `outbox` ADD `portal` text DEFAULT 'teacher' NOT NULL;--> statement-breakpoint
ALTER TABLE `registration` ADD `portal` text DEFAULT 'teacher' NOT NULL;--> statement-breakpoint
ALTER TABLE `case` ADD `portal` text DEFAULT 'teacher' NOT NULL;
