ALTER TABLE `vouch` ADD `claim_id` text;--> statement-breakpoint
ALTER TABLE `vouch` ADD `studies_sealed` text;--> statement-breakpoint
CREATE INDEX `vouch_claim` ON `vouch` (`claim_id`);