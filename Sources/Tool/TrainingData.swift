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
  /// What is scored in the end alone; nil where there is nothing of the kind.
  let test: (source: Dataset, samples: [Int])?
  /// How the samples were divided; nil where they were not.
  let split: DataSplit?

  /// How much each class counts in the loss; nil where all count the same.
  var classWeights: ClassWeights?

  /// What must be known of it to give the network more of the kind.
  var description: DataDescription {
    var description = data.description
    description.split = split
    description.classWeights = classWeights?.values ?? []
    return description
  }

  /// Opens the data that a call names, and divides it.
  ///
  /// - Parameter known: what is known of data that the network was trained with before.
  init(
    _ call: Call, for network: Network, _ settings: TrainingSettings, known: DataDescription?,
    _ console: Console
  ) throws {
    var data = try openData(try dataRequest(call, for: network, known: known), call, console)
    var samples = Array(0..<data.count)
    var parts: [[Int]] = []
    var split: DataSplit?
    if let shares = settings.shares {
      let wanted = DataSplit(
        rows: data.count, shares: shares, seed: settings.seed, isStratified: call.has("stratify"))
      let classes = wanted.isStratified ? try data.classNumbers() : nil
      if wanted.isStratified, classes == nil {
        throw Failure.input("`--stratify` needs classes, but the target is numbers")
      }
      parts = wanted.parts(classes: classes)
      if let empty = parts.firstIndex(where: \.isEmpty) {
        let what = ["to train with", "to hold out", "to test with"][empty]
        throw Failure.input(
          "`--split \(call.value("split")!)` leaves none of the \(counted(data.count, "sample")) of "
            + "`\(data.name)` \(what)")
      }
      samples = parts[0]
      split = wanted
    }
    data = try Self.prepared(data, over: samples, call, settings)
    if let path = call.value("test") {
      var request = try dataRequest(call, for: network, known: data.description)
      request.path = path
      request.labelsPath = call.value("test-labels")
      let test = try openData(request, call, console)
      let tested = (test, Array(0..<test.count))
      heldOut = parts.isEmpty ? tested : (data, parts[1])
      self.test = parts.isEmpty ? nil : tested
    } else {
      heldOut = parts.isEmpty ? nil : (data, parts[1])
      test = parts.count < 3 ? nil : (data, parts[2])
    }
    self.split = split
    self.data = data
    self.samples = samples
  }

  /// Data that is open already, of which some samples are trained with and some held out.
  init(
    _ data: Dataset, training samples: [Int], heldOut: [Int], _ call: Call,
    _ settings: TrainingSettings
  ) throws {
    self.data = try Self.prepared(data, over: samples, call, settings)
    self.samples = samples
    self.heldOut = (self.data, heldOut)
    test = nil
    split = nil
  }

  /// Data with what is missing put in and inputs scaled, by what is known of the samples trained with alone.
  private static func prepared(
    _ data: Dataset, over samples: [Int], _ call: Call, _ settings: TrainingSettings
  ) throws -> Dataset {
    var data = try data.fillingMissing(over: samples)
    if let divisor = settings.divisor {
      data.transform = ColumnTransform(dividingBy: divisor, columns: data.inputWidth)
    } else if call.has("standardise") {
      data.transform = try data.standardisation(over: samples)
    }
    return data
  }
}
