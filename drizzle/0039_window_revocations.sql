ALTER TABLE `window_ticket` ADD `revoked_at_ms` integer;--> statement-breakpoint
ALTER TABLE `window_ticket` ADD `revocation` text;--> statement-breakpoint
ALTER TABLE `window_ticket` ADD `revoked_by` text;