/** What the bench needs of the provider's tests: a person who has agreed to enter a service, and the service. */
export { agreeTo, registerService, verified } from '@shiming/oidc/testing/house';
export { createService } from '@shiming/oidc/testing/service';
