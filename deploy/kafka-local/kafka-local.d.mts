/**
 * Are Kafka's files on this machine (`npm run kafka -- --install`)? Where not, one line says at the end of this
 * process that `what` did not run; with REQUIRE_KAFKA (CI) the answer is yes, and the start of a broker fails.
 */
export function findKafka(what: string): boolean;

/**
 * Kafka's files and Java on this machine, before anything is made for a start.
 * @throws an error whose message is one sentence that says what to install
 */
export function requireKafka(): Promise<{ java: string; jars: string }>;

export interface LocalKafkaOptions {
  /** 1 (default), or 3 with replication 3 and min.insync.replicas 2. */
  brokers?: number;
  /** Made when it is not there; a later start with the same folder goes on with what it holds. */
  dataDir: string;
  /** One per broker; default free ones. */
  ports?: number[];
  /** More of Kafka's own properties, for every broker. */
  properties?: Record<string, string | number>;
}

export interface LocalBroker {
  readonly id: number;
  readonly port: number;
  /** Process number; undefined while it does not run. */
  readonly pid: number | undefined;
  /** What it logs. */
  readonly logFile: string;
  /** Sends a signal (default SIGKILL) and, unless it only halts (SIGSTOP, SIGCONT), waits for the end. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again with its data; resolves when it is ready. */
  start(): Promise<void>;
  /** Ends it in good order. */
  stop(): Promise<void>;
}

export interface LocalKafka {
  /** `127.0.0.1:port,…`, for KAFKA_BROKERS. */
  bootstrap: string;
  brokers: LocalBroker[];
  /**
   * From now on a broker that ends is launched again, until `stop` or `stopping` (Ctrl-C reaches the brokers too).
   * `pauseAfter` is told how one ended (signal or exit code) and after how many seconds, and says how long to wait (ms).
   */
  keep(pauseAfter: (how: string | number, ranSeconds: number) => number, stopping: AbortSignal): void;
  /** Ends all brokers; they end at once when this process does. */
  stop(): Promise<void>;
}

/**
 * Starts Apache Kafka on loopback; resolves when all brokers are ready.
 * @throws an error whose message is one sentence that says what to do: not installed, no Java, a taken port, a
 *   folder in use or of another number of brokers
 */
export function startKafka(options: LocalKafkaOptions): Promise<LocalKafka>;

/** Ends at once the brokers that a killed process left running with their data in this folder. Blocks. */
export function endAbandoned(dataDir: string): void;
