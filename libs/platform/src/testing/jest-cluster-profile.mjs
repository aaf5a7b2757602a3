// Jest's setup of the suites on Kafka: specs of the whole platform run against the processes of `npm run cluster`.
process.env.PROFILE = 'cluster';
