import NNC

/// Which parameters are trained.
let trainedPartOption = CommandOption(
  "train", nil, .choice(TrainedPart.allCases.map(\.rawValue)),
  help: "train the last layer's parameters, the biases or all, and freeze the others")

/// The network with those parameters frozen that the call does not train.
func trainedPart(of compilation: Compilation, _ call: Call) throws -> Compilation {
  guard let part = call.value("train").flatMap({ TrainedPart(rawValue: $0) }) else {
    return compilation
  }
  if try compilation.checkedNetwork().training == nil {
    throw Failure.input("the network has no `train` rule: `--train` has nothing to choose from")
  }
  let result = compilation.training(only: part)
  if try result.checkedNetwork().trainedParameters.isEmpty {
    let what = part == .bias ? "bias" : "parameter"
    throw Failure.input(
      "`--train \(part.rawValue)` leaves nothing to train: no \(what) that is not frozen")
  }
  return result
}
