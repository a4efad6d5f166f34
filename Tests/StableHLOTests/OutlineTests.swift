import Testing

@testable import NNCStableHLO

/// Equal parts of a function as functions of their own.
@Suite struct OutlineTests {
  /// What becomes of lines `NAME = TEXT`: the lines that are left, and the functions.
  private func outlined(_ lines: [String], results: [String]) -> (
    lines: [String], functions: [[String]]
  ) {
    let statements = lines.map { line -> Statement in
      let parts = line.split(separator: " = ", maxSplits: 1)
      return Statement(name: String(parts[0]), text: String(parts[1]), location: "", types: ["t"])
    }
    let arguments = Dictionary(uniqueKeysWithValues: ["%a", "%b", "%c"].map { ($0, "t") })
    var outline = Outline(statements, arguments, results: Set(results), assigned: [])
    var library = Library(reserved: [])
    _ = outline.run(&library, firstNumber: 100)
    return (outline.result.map { $0.line($0.name, $0.text) }, library.functions)
  }

  /// A chain of so many operations on a value, whose values are called by a letter and numbers.
  private func chain(_ letter: String, from first: String, _ count: Int) -> [String] {
    (0..<count).map { "%\(letter)\($0) = op\($0) \($0 == 0 ? first : "%\(letter)\($0 - 1)") : t" }
  }

  @Test func equalChainsAreCalls() {
    let lines = chain("p", from: "%a", 20) + chain("q", from: "%b", 20)
    let (left, functions) = outlined(lines, results: ["%p19", "%q19"])
    #expect(left == ["%p19 = call @block(%a) : (t) -> t", "%q19 = call @block(%b) : (t) -> t"])
    #expect(functions.count == 1 && functions[0].count == 23)
  }

  @Test func whatIsUsedBetweenIsGivenToo() {
    // The tenth of each chain is asked for besides.
    let lines =
      chain("p", from: "%a", 20) + chain("q", from: "%b", 20) + ["%r = other %p9, %q9 : t"]
    let (left, functions) = outlined(lines, results: ["%p19", "%q19", "%r"])
    #expect(
      left == [
        "%100:2 = call @block(%a) : (t) -> (t, t)", "%101:2 = call @block(%b) : (t) -> (t, t)",
        "%r = other %100#0, %101#0 : t",
      ])
    #expect(functions.count == 1)
  }

  @Test func nothingMovesPastWhatUsesIt() {
    // The second chain begins with what was made of the middle of the first, and the first ends with the second's middle.
    let first = chain("p", from: "%a", 30)
    let second = chain("q", from: "%p14", 30)
    let lines =
      first[..<16] + second[..<16] + ["%s = other %p15, %q15 : t"] + first[16...] + second[16...]
    let (left, _) = outlined(Array(lines), results: ["%p29", "%q29", "%s"])
    var given: Set<Substring> = ["%a"]
    for line in left {
      let names = valueNames(in: line)
      for name in names.dropFirst() { #expect(given.contains(name), "\(line)") }
      given.insert(names[0])
    }
  }

  @Test func shortPartsStay() {
    let lines = chain("p", from: "%a", 4) + chain("q", from: "%b", 4)
    #expect(outlined(lines, results: ["%p3", "%q3"]).functions.isEmpty)
  }

  @Test func oneOperandForTwoIsNoneForTwoOthers() {
    // The first takes a value twice, the second two values.
    let lines =
      chain("p", from: "%a", 12) + ["%ps = sum %p11, %p11 : t"] + chain("q", from: "%b", 12)
      + chain("r", from: "%c", 12) + ["%qs = sum %q11, %r11 : t"]
    let (left, functions) = outlined(lines, results: ["%ps", "%qs"])
    #expect(left.contains("%ps = sum %p11, %p11 : t") && left.contains("%qs = sum %q11, %r11 : t"))
    #expect(functions.count == 1)
  }
}
