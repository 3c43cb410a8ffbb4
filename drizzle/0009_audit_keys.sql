ALTER TABLE `audit_block` ADD `key_id` text DEFAULT 'k1' NOT NULL;--> statement-breakpoint
ALTER TABLE `audit_block` ADD `hand_over` text;