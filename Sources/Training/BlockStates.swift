import NNCExecution
import NNCLayers
import NNCProgram

/// Where the states lie by which a step that takes its batch in blocks is told of the present one.
struct BlockStates {
  private let share: Int
  private let keep: Int
  private let last: Int

  /// The places in a Program's state; nil where its step takes no blocks.
  init?(_ program: Program) {
    func place(_ name: String) -> Int? { program.state.first { $0.name == name }?.offset }
    guard let share = place(BlockwiseStep.share), let keep = place(BlockwiseStep.keep),
      let last = place(BlockwiseStep.last)
    else { return nil }
    (self.share, self.keep, self.last) = (share, keep, last)
  }

  /// Says which part of the batch comes next, and whether it is the first or the last.
  func set<Real: ProgramReal>(
    _ part: Double, isFirst: Bool, isLast: Bool, in memory: NetworkMemory<Real>
  ) {
    memory[.state][share] = Real(part)
    memory[.state][keep] = isFirst ? 0 : 1
    memory[.state][last] = isLast ? 1 : 0
  }
}
