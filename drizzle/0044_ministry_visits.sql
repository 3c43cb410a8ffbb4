CREATE TABLE `ministry_visit` (
	`id` text PRIMARY KEY NOT NULL,
	`portal` text NOT NULL,
	`secret_hash` text NOT NULL,
	`purpose` text NOT NULL,
	`status` text NOT NULL,
	`request_sealed` text NOT NULL,
	`arrival_sealed` text,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `ministry_visit_expiry` ON `ministry_visit` (`expires_at_ms`);