import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './data-table.module.css';

export type Column<T> = {
  key: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** stands out on a phone as the title of the card */
  title?: boolean;
};

type Props<T> = { caption: string; columns: Column<T>[]; rows: T[]; rowKey: (row: T) => string };

/**
 * A table that becomes a list of cards on a phone. The roles are spelled out because changing `display` takes
 * a table's own away from screen readers.
 */
export function DataTable<T>({ caption, columns, rows, rowKey }: Props<T>) {
  return (
    <div className={classes.frame}>
      <Table
        className={classes.table}
        role="table"
        aria-label={caption}
        verticalSpacing="sm"
        highlightOnHover
      >
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            {columns.map(({ key, header }) => (
              <Table.Th key={key} role="columnheader" scope="col">
                {header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)} role="row">
              {columns.map(({ key, header, cell, title }) => (
                <Table.Td key={key} role="cell" data-label={header} data-title={title || undefined}>
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
