export function composeFaults(config: { services: Record<string, object> }): string[];
