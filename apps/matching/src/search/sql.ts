/** As much of a database connection as the engine needs: TypeORM's managers and pg's pools both fit behind it. */
export interface Sql {
  query<Row>(text: string, values?: unknown[]): Promise<Row[]>;
}
