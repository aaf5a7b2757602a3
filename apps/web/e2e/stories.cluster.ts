// The same stories on processes of their own with Kafka.
import './stories.spec.js';
