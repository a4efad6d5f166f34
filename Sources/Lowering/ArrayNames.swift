/// The names of a kernel's arrays: what they hold, `out` for what is written, letters for the rest; each used once.
struct ArrayNames {
  private var taken: Set<String> = []
  /// By stem: the number that the next array of that name may have.
  private var numbers: [String: Int] = [:]
  private var letters = Array("abcdefghijk".reversed())

  /// A name for an array; `name` is empty where nothing is known of it.
  mutating func claim(_ name: String, isOutput: Bool) -> String {
    var stem = name
    if name.isEmpty, isOutput { stem = "out" }
    while stem.isEmpty, let letter = letters.popLast() {
      if !taken.contains(String(letter)) { stem = String(letter) }
    }
    if stem.isEmpty { stem = "a" }
    if taken.insert(stem).inserted { return stem }
    var number = numbers[stem, default: 2]
    while !taken.insert("\(stem)\(number)").inserted { number += 1 }
    numbers[stem] = number + 1
    return "\(stem)\(number)"
  }
}
