import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Everything that a run leaves on the machine: database, keys, logs. Ignored by git. */
export const dataDir = join(root, '.shiming');

export const webDir = join(root, 'apps/web');
export const webDist = join(webDir, 'dist');

/** Where the dry run of a deployment leaves the Worker's bundle. */
export const workerBundle = join(dataDir, 'worker');

/** The OpenID provider's Worker: its sources, and its bundle. */
export const oidcDir = join(root, 'apps/oidc');
export const oidcBundle = join(dataDir, 'oidc');

/** The Worker that speaks with the ministry's sign-in. */
export const ministryDir = join(root, 'apps/ministry');
export const ministryBundle = join(dataDir, 'ministry');
