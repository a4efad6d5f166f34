import NNC
import NNCTraining

/// The samples of a training: those that are trained with and those that are held out.
struct TrainingData {
  /// What is trained with.
  let data: Dataset
  /// Which of its samples.
  let samples: [Int]
  /// The samples that are held out, perhaps of the same data; nil where there are none.
  let heldOut: (source: Dataset, samples: [Int])?

  /// Opens the data that a call names, and divides it.
  ///
  /// - Parameter known: what is known of data that the network was trained with before.
  init(
    _ call: Call, for network: Network, _ settings: TrainingSettings, known: DataDescription?,
    _ console: Console
  ) throws {
    var data = try openData(try dataRequest(call, for: network, known: known), call, console)
    var samples = Array(0..<data.count)
    var held: [Int] = []
    if let share = settings.split {
      let count = Int((share * Double(data.count)).rounded())
      guard count >= 1, count < data.count else {
        throw Failure.input(
          "`--split \(call.value("split")!)` leaves \(count == 0 ? "none" : "all") of the "
            + "\(counted(data.count, "sample")) of `\(data.name)` to train with")
      }
      let order = dealtOut(data.count, seed: settings.seed)
      (samples, held) = (order[..<count].sorted(), order[count...].sorted())
    }
    if let divisor = settings.divisor {
      data.transform = ColumnTransform(dividingBy: divisor, columns: data.inputWidth)
    } else if call.has("standardise") {
      data.transform = try data.standardisation(over: samples)
    }
    if let path = call.value("test") {
      var request = try dataRequest(call, for: network, known: data.description)
      request.path = path
      request.labelsPath = call.value("test-labels")
      let test = try openData(request, call, console)
      heldOut = (test, Array(0..<test.count))
    } else {
      heldOut = held.isEmpty ? nil : (data, held)
    }
    self.data = data
    self.samples = samples
  }
}
