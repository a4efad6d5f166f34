/// Tensors of numbers, each once: two are equal where their bits are.
struct LiteralTable: Sendable {
  private(set) var values: [[Double]] = []
  private var byHash: [UInt64: [Int]] = [:]

  mutating func number(of literal: [Double]) -> Int {
    let hash = literal.reduce(UInt64(literal.count)) {
      ($0 ^ $0 >> 29 ^ $1.bitPattern) &* 0xbf58_476d_1ce4_e5b9
    }
    let known = byHash[hash]?.first {
      values[$0].elementsEqual(literal) { $0.bitPattern == $1.bitPattern }
    }
    if let known { return known }
    values.append(literal)
    byHash[hash, default: []].append(values.count - 1)
    return values.count - 1
  }
}
