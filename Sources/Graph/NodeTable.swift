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
  private var slots = [Int32](repeating: -1, count: 64)
  private var shift: UInt64 = 58

  /// The index of the node with this key, or nil.
  func index(of key: NodeKey) -> Int? {
    var slot = Int(key.hash >> shift)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if keys[index] == key { return index }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Adds a key that is not there yet; its index is the number of keys before.
  mutating func append(_ key: NodeKey) {
    if 2 * (keys.count + 1) > slots.count { grow() }
    place(Int32(keys.count), key)
    keys.append(key)
  }

  private mutating func place(_ index: Int32, _ key: NodeKey) {
    var slot = Int(key.hash >> shift)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = index
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: 2 * slots.count)
    shift -= 1
    for (index, key) in keys.enumerated() { place(Int32(index), key) }
  }
}
