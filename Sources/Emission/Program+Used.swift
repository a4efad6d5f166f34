import NNCProgram

extension Program {
  /// The Program without the state and the target where no entry takes them.
  var withoutUnusedBlocks: Program {
    var result = self
    let taken = Set(entries.flatMap(\.arguments))
    if !taken.contains(.state) { result.state = [] }
    if !taken.contains(.stream) { result.stream = [] }
    if !taken.contains(.target) { result.targetCount = 0 }
    return result
  }
}
