/// The candidate that a misspelt `name` most likely means, or nil if none is near.
///
/// Near is a distance of at most a third of the name's length (but 1 for short names of two
/// letters or more); capitals do not count. Of equally near candidates the first is taken.
public func suggestion(for name: String, among candidates: some Sequence<String>) -> String? {
  let word = Array(name.lowercased().unicodeScalars.prefix(65))
  guard word.count <= 64, !word.isEmpty else { return nil }
  let limit = word.count < 2 ? 0 : max(1, word.count / 3)
  var best: (candidate: String, distance: Int)?
  for candidate in candidates where candidate != name {
    let other = Array(candidate.lowercased().unicodeScalars)
    guard abs(other.count - word.count) <= limit else { continue }
    let distance = editDistance(word, other)
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.candidate
}

/// The Damerau-Levenshtein distance in its restricted form: how many insertions, deletions,
/// replacements and exchanges of neighbours make `a` of `b`, no place being edited twice.
///
///     d(i, j) = min(d(i-1, j) + 1, d(i, j-1) + 1, d(i-1, j-1) + [a_i ≠ b_j],
///                   d(i-2, j-2) + 1 if a_i = b_(j-1) and a_(i-1) = b_j)
func editDistance<Element: Equatable>(_ a: [Element], _ b: [Element]) -> Int {
  var twoAbove: [Int] = []
  var above = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    row.reserveCapacity(b.count + 1)
    for j in b.indices {
      var distance = min(
        above[j + 1] + 1, row[j] + 1, above[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        distance = min(distance, twoAbove[j - 1] + 1)
      }
      row.append(distance)
    }
    (twoAbove, above) = (above, row)
  }
  return above[b.count]
}
