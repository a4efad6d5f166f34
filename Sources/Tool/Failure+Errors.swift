import NNC
import NNCTraining

extension Failure {
  /// What an error means for the run of a command.
  init(any error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let failure as FileFailure:
      let isWrong = failure.kind == .wrong
      self.init(
        isWrong ? .wrongInput : .machineFailed, failure.message, hint: failure.hint)
    case let error as TrainingError:
      self.init(
        .wrongInput, error.description,
        hint: "try a lower rate (`--lr`), a warm-up (`--warm-up`) or a bound (`--clip-norm`)")
    case let error as WholeBatchError:
      self.init(.wrongInput, error.description, hint: "take fewer samples at once: `--batch`")
    default: self.init(.machineFailed, "\(error)")
    }
  }
}
