/** Where one comes in from another namespace. */
export interface Door {
  namespace: string;
  pod: string;
  port: number;
}
export function policyFaults(manifests: readonly object[], doors: readonly Door[]): string[];
