// The same specs on processes of their own with Kafka.
import './start.spec.js';
