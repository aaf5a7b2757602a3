/** A task of so few documents is soon done … */
const FEW = 500;
/** … and takes long when it takes so many milliseconds. */
const LONG_MS = 400;
/** So many in a row are no chance, and no large upload beside them. */
const IN_A_ROW = 10;

interface FinishedTask {
  batchUid: number | null;
  details?: { receivedDocuments?: number };
  startedAt: string | null;
  finishedAt: string | null;
}

/**
 * Notices a server that takes long for each task, however small: it clears buffers of a part of the memory that it may
 * index with, by default two thirds of the machine's.
 */
export class SlowTasks {
  private inARow = 0;
  private lastBatch?: number | null;
  private hasTold = false;

  /** @param tell is called once, with the milliseconds of the last task */
  constructor(private readonly tell: (ms: number) => void) {}

  /** Tasks of one batch of the server count once; a large one among them ends the row. */
  note({ batchUid, details, startedAt, finishedAt }: FinishedTask): void {
    const documents = details?.receivedDocuments;
    if (this.hasTold || documents === undefined || !startedAt || !finishedAt) return;
    const ms = Date.parse(finishedAt) - Date.parse(startedAt);
    if (documents > FEW || ms < LONG_MS) this.inARow = 0;
    else if (batchUid !== this.lastBatch) this.inARow += 1;
    this.lastBatch = batchUid;
    if (this.inARow < IN_A_ROW) return;
    this.hasTold = true;
    this.tell(ms);
  }
}
