// The same specs on processes of their own with Kafka.
import './traces.spec.js';
