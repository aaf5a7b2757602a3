const served = [
  'link[rel="canonical"]',
  'script[type="application/ld+json"]',
  'meta[property^="og:"]',
  'meta[name="description"]',
  'meta[name="robots"]',
].join();

/**
 * Takes what the server wrote into the head about the page that it served (canonical address, JSON-LD, preview of
 * a shared link) away: it is not said of the pages that follow. Who reads it asks the server, never a later page.
 */
export function forgetServedHead(): void {
  document.head.querySelectorAll(served).forEach((element) => element.remove());
}
