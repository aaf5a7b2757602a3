/** `host:port` of the broker that all suites on Kafka (`*.cluster.ts`) of this Jest run share. */
export function testBrokers(): string[] {
  const brokers = process.env.NOIVIEC_TEST_KAFKA;
  if (!brokers) throw new Error('Test brokers need Jest with the globalSetup of jest.cluster.config.js.');
  return brokers.split(',');
}
