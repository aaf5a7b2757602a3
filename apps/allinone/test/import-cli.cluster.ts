// The same specs on processes of their own with Kafka.
import './import-cli.spec.js';
