CREATE TABLE `attestation` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`level` integer NOT NULL,
	`about` integer,
	`source_id` text NOT NULL,
	`number_sealed` text,
	`number_index` text,
	`at_ms` integer NOT NULL,
	`until_ms` integer,
	`revoked_at_ms` integer,
	`look_at_ms` integer,
	`key_id` text,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `attestation_account` ON `attestation` (`account_id`);--> statement-breakpoint
CREATE INDEX `attestation_source` ON `attestation` (`source_id`);--> statement-breakpoint
CREATE INDEX `attestation_number` ON `attestation` (`number_index`);--> statement-breakpoint
CREATE INDEX `attestation_look` ON `attestation` (`look_at_ms`);--> statement-breakpoint
CREATE INDEX `attestation_key` ON `attestation` (`key_id`);--> statement-breakpoint
ALTER TABLE `account` ADD `identity_version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
-- The end of the document is sealed: the job reads it, and looks at these first.
INSERT INTO `attestation` (`id`, `account_id`, `kind`, `level`, `about`, `source_id`, `at_ms`, `look_at_ms`)
SELECT 'released-' || a.`id`, a.`id`,
  CASE WHEN c.`id` IS NOT NULL THEN 'manual_review' WHEN a.`document_type` = 'hmt_residence_permit' THEN 'travel_permit' ELSE 'four_factors' END,
  a.`level`, 1,
  coalesce(c.`id`, (SELECT v.`id` FROM `verification` v WHERE v.`account_id` = a.`id` AND v.`status` = 'matched' ORDER BY v.`ended_at_ms` DESC LIMIT 1), ''),
  coalesce(a.`verified_at_ms`, a.`created_at_ms`), 0
FROM `account` a LEFT JOIN `case` c ON c.`id` = (SELECT `id` FROM `case` WHERE `account_id` = a.`id` AND `status` = 'approved' AND `ended_at_ms` = a.`verified_at_ms` LIMIT 1)
WHERE a.`level` >= 3;--> statement-breakpoint
ALTER TABLE `account` DROP COLUMN `level`;--> statement-breakpoint
ALTER TABLE `account` DROP COLUMN `verified_at_ms`;