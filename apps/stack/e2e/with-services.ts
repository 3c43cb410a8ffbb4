/** Imported first by journeys into services behind the gate: the stack of the file starts with the OpenID provider. */
process.env['OIDC'] = 'on';
