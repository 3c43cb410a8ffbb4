ALTER TABLE `review_request` ADD `former_identity_sealed` text;--> statement-breakpoint
ALTER TABLE `review_request` ADD `assigned_to_id` text;--> statement-breakpoint
CREATE INDEX `photo_content` ON `photo` (`content_hash`);