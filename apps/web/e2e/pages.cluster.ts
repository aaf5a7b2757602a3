// The same specs on processes of their own with Kafka, one after the other on one platform: officers last, as they
// decide about those whom the others find waiting.
import './first-paint.spec.js';
import './visitors.spec.js';
import './stories.spec.js';
import './officers.spec.js';
