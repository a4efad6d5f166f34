/// Does a command's work for each of its files. What is wrong with one is told, and the others follow; the status is that
/// of the first that failed.
///
/// - Parameter divider: what is written between the results of two files.
func onEachFile(
  _ call: Call, _ console: Console, divider: String = "\n", _ work: (Call) throws -> ExitStatus
) throws -> ExitStatus {
  guard call.operands.count > 1 else { return try work(call) }
  var status = ExitStatus.success
  for (place, path) in call.operands.enumerated() {
    if place > 0, !divider.isEmpty { try console.write(divider) }
    var own: ExitStatus
    do {
      own = try work(call.of(path))
    } catch {
      let failure = Failure(any: error)
      // A full disk or a wrong call is the same for all.
      if failure.status != .wrongInput { throw error }
      own = failure.status
      let names = failure.message.contains(path)
      if !failure.message.isEmpty {
        console.report("nnc: \(names ? "" : "\(path): ")\(failure.message)\n")
      }
      if let hint = failure.hint { console.report("     \(hint)\n") }
    }
    if status == .success { status = own }
  }
  return status
}
