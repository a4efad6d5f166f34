import NNCDatasets

extension DataSplit {
  /// The samples of each part, in the order of the file.
  ///
  /// They are dealt out in an order that the seed gives, the first to the first part. Where they are stratified, the
  /// samples of each class are dealt out for themselves.
  ///
  /// - Parameter classes: the class of each sample, where they are stratified.
  public func parts(classes: [Int]? = nil) -> [[Int]] {
    let order = dealtOut(rows, seed: seed)
    var groups = [order]
    if isStratified, let classes {
      groups = Array(repeating: [], count: (classes.max() ?? 0) + 1)
      for sample in order { groups[classes[sample]].append(sample) }
    }
    var parts = Array(repeating: [Int](), count: shares.count)
    for group in groups {
      var sum = 0.0
      var start = 0
      for (part, share) in shares.enumerated() {
        sum += share
        let end =
          part == shares.count - 1
          ? group.count : min(group.count, Int((sum * Double(group.count)).rounded()))
        parts[part] += group[start..<max(start, end)]
        start = max(start, end)
      }
    }
    return parts.map { $0.sorted() }
  }
}
