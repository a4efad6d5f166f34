import NNCAlgebra
import NNCProgram

/// Loops over lanes where there are no vectors, which is in C alone: plain loops, each over a run of instructions.
extension BodyWriter {
  /// Begins, goes on with or ends the loop over a run before the next instruction is spelled.
  mutating func enterRun(_ runs: LaneRuns) {
    let run = runs.runs[place]
    if run == nil, runs.standsBefore[place] {
      isInRun = false
      return
    }
    if run != openRun { endRun() }
    openRun = run
    isInRun = run != nil
  }

  /// Puts the loop over the present run down.
  mutating func endRun() {
    isInRun = false
    openRun = nil
    if runLines.isEmpty { return }
    let body = runLines
    runLines = []
    line(dialect.loop(laneName, from: "0", to: "\(laneCount)"), isFixed: true)
    for text in body { line("  " + text, isFixed: true) }
    line("}", isFixed: true)
  }

  /// Declares a value in the loop over a run, or in front of it an element for each lane.
  mutating func defineInRun(_ value: ValueID, _ expression: String, isArray: Bool) {
    let name = names.claim(name(for: value))
    let type = dialect.type(types[Int(value)])
    let isMutable = analysis.changes[Int(value)] > 0
    if isArray {
      isInRun = false
      line("\(type) \(name)[\(laneCount)];", isFixed: true)
      isInRun = true
      text[Int(value)] = ["\(name)[\(laneName)]"]
      line(dialect.assign("\(name)[\(laneName)]", expression))
    } else {
      text[Int(value)] = [name]
      line(dialect.declare(name, type, expression, mutable: isMutable))
    }
  }

  /// Combines the halves of the lanes until one is left.
  mutating func reduceByLoops(_ value: ValueID, _ primitive: Primitive, _ operand: ValueID) {
    if laneCount == 1, !varying[Int(operand)] { return define(value, spell(operand)) }
    let lane = laneName
    func loop(_ count: Int, _ statement: String) {
      line(
        "\(dialect.loop(lane, from: "0", to: "\(count)")) \(statement) }", isFixed: true)
    }
    let halves = names.claim("halves")
    line("\(dialect.type(.real)) \(halves)[\(laneCount)];", isFixed: true)
    loop(laneCount, dialect.assign("\(halves)[\(lane)]", spell(operand)))
    var count = laneCount
    while count > 1 {
      let half = (count + 1) / 2
      let sum = dialect.compute(primitive, ["\(halves)[\(lane)]", "\(halves)[\(lane) + \(half)]"])
      loop(count - half, dialect.assign("\(halves)[\(lane)]", sum))
      count = half
    }
    define(value, "\(halves)[0]")
  }
}
