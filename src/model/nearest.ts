/**
 * The candidate that a person most likely meant, or `null` where none is close: at most a quarter of the letters differ,
 * or one in a short word; a third where one begins with the other. More would take "offline" for "online". Case does not
 * count. Ties go to the earlier candidate.
 */
export function nearest(text: string, candidates: Iterable<string>): string | null {
  const wanted = text.slice(0, 256).toLowerCase();
  let best: string | null = null;
  let bestDistance = Infinity;
  const rows: [Row, Row, Row] = [[], [], []];
  for (const candidate of candidates) {
    const limit = mostSlips(wanted, candidate.toLowerCase());
    const distance = editDistance(wanted, candidate.toLowerCase(), Math.min(limit, bestDistance - 1), rows);
    if (distance <= limit && distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

type Row = number[];

function mostSlips(wanted: string, candidate: string): number {
  const length = Math.max(wanted.length, candidate.length);
  if (wanted.startsWith(candidate) || candidate.startsWith(wanted)) return Math.floor(length / 3);
  return length < 3 ? 0 : Math.max(1, Math.floor(length / 4));
}

/**
 * Damerau–Levenshtein distance (optimal string alignment); `Infinity` as soon as it must exceed `limit`.
 * Only what lies within `limit` of the diagonal is worked out: further off, the distance exceeds it anyway.
 *
 * @param rows where it is worked out; what they hold before and after means nothing.
 */
function editDistance(a: string, b: string, limit: number, rows: [Row, Row, Row]): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  const beyond = limit + 1;
  let [beforePrevious, previous, row] = rows;
  for (let j = 0; j <= b.length; j++) previous[j] = Math.min(j, beyond);
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - limit);
    const to = Math.min(b.length, i + limit);
    row[from - 1] = from === 1 ? Math.min(i, beyond) : beyond;
    let leastOfRow = row[from - 1]!;
    for (let j = from; j <= to; j++) {
      const cost = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      const above = j === i + limit ? beyond : previous[j]!;
      let least = Math.min(above + 1, row[j - 1]! + 1, previous[j - 1]! + cost);
      if (
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
      ) {
        least = Math.min(least, beforePrevious[j - 2]! + 1);
      }
      row[j] = Math.min(least, beyond);
      leastOfRow = Math.min(leastOfRow, row[j]!);
    }
    if (leastOfRow > limit) return Infinity;
    [beforePrevious, previous, row] = [previous, row, beforePrevious];
  }
  const distance = previous[b.length]!;
  return distance > limit ? Infinity : distance;
}
