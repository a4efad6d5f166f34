/// What makes a node the one it is, in five numbers: two nodes are equal where their keys are.
struct NodeKey: Equatable, Sendable {
  /// The number of its kind: the operation's for a map, one from ``FormTable`` for every other.
  var form: Int32
  /// Its operands; in ascending order where they may be exchanged.
  var operands: Operands
  /// The number of its shape.
  var shape: Int32

  /// A multiplicative mix: each number reaches the upper bits, from which a table takes its index.
  var hash: UInt64 {
    var mix = UInt64(UInt32(bitPattern: form)) &* 0x9e37_79b9_7f4a_7c15
    let (first, second, third) = operands.numbers
    mix = (mix ^ mix >> 29 ^ UInt64(UInt32(bitPattern: first))) &* 0xbf58_476d_1ce4_e5b9
    mix = (mix ^ mix >> 32 ^ UInt64(UInt32(bitPattern: second))) &* 0x94d0_49bb_1331_11eb
    mix = (mix ^ mix >> 29 ^ UInt64(UInt32(bitPattern: third))) &* 0x9e37_79b9_7f4a_7c15
    return (mix ^ mix >> 32 ^ UInt64(UInt32(bitPattern: shape))) &* 0xbf58_476d_1ce4_e5b9
  }
}

/// The keys of a graph's nodes, by index, and the index of each key: a hash table with open addressing.
struct NodeTable: Sendable {
  private(set) var keys: [NodeKey] = []
  /// In each slot the lower half of a key's hash and, above, its index; other keys are told apart without being read.
  private var slots = [UInt64](repeating: Self.empty, count: 64)
  private var shift: UInt64 = 58

  private static let empty = UInt64.max

  /// The index of the node with this key, or nil.
  func index(of key: NodeKey) -> Int? {
    let hash = key.hash
    var slot = Int(hash >> shift)
    while slots[slot] != Self.empty {
      let index = Int(slots[slot] >> 32)
      if UInt32(truncatingIfNeeded: slots[slot]) == UInt32(truncatingIfNeeded: hash),
        keys[index] == key
      {
        return index
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Adds a key that is not there yet; its index is the number of keys before.
  mutating func append(_ key: NodeKey) {
    if 2 * (keys.count + 1) > slots.count { grow() }
    place(keys.count, key.hash)
    keys.append(key)
  }

  private mutating func place(_ index: Int, _ hash: UInt64) {
    var slot = Int(hash >> shift)
    while slots[slot] != Self.empty { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt64(index) << 32 | hash & 0xffff_ffff
  }

  private mutating func grow() {
    slots = Array(repeating: Self.empty, count: 2 * slots.count)
    shift -= 1
    for (index, key) in keys.enumerated() { place(index, key.hash) }
  }
}
