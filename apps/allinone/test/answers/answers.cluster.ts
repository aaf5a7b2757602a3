// The same specs on processes of their own with Kafka.
import './answers.spec.js';
