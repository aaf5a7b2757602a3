export default function dropIndexes(): Promise<void>;
