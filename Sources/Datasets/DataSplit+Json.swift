import NNCFormats

extension DataSplit {
  /// The split as an object of JSON.
  var json: String {
    "{\"rows\":\(rows),\"shares\":[\(shares.map { "\($0)" }.joined(separator: ","))],"
      + "\"seed\":\"\(seed)\",\"stratified\":\(isStratified)}"
  }

  /// The split that an object says; nil where it says none.
  init?(json: Json) {
    guard let rows = json.member("rows")?.count, rows > 0,
      let shares = json.member("shares")?.elements?.map(\.finite), (2...3).contains(shares.count),
      let seed = json.member("seed")?.text.flatMap({ UInt64($0) })
    else { return nil }
    let numbers = shares.compactMap { $0 }
    guard numbers.count == shares.count, numbers.allSatisfy({ $0 > 0 && $0 < 1 }) else {
      return nil
    }
    self.init(
      rows: rows, shares: numbers, seed: seed,
      isStratified: json.member("stratified") == .bool(true))
  }
}
