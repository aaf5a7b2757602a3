export function fileFaults(manifests: readonly object[]): string[];
export function connectionFaults(manifests: readonly object[], options: { fit: boolean }): string[];
export function extraFaults(manifests: readonly object[], extra: readonly object[]): string[];
export function ingressFaults(manifests: readonly object[]): string[];
