import NNC

/// What is likely a mistake in how a network meets its loss, in lines that each name what works.
///
/// - Parameters:
///   - losses: the losses that the network names.
///   - last: the kind of its last layer.
func lossRemarks(losses: Set<String>, last: String?) -> [String] {
  var remarks: [String] = []
  switch last {
  case "softmax" where losses.contains("cross_entropy"),
    "log_softmax" where losses.contains("cross_entropy"):
    remarks.append(
      "`cross_entropy` takes the softmax itself, here it is taken twice: leave `\(last!)` out")
  case "sigmoid" where losses.contains("bce_logits"):
    remarks.append(
      "`bce_logits` takes the sigmoid itself, here it is taken twice: leave `sigmoid` out, or write "
        + "`loss bce`")
  case "relu":
    remarks.append(
      "the last layer is `relu`: outputs below 0 cannot be had, and where it gives 0 nothing is "
        + "learned; leave it out")
  default: break
  }
  if losses.contains("bce"), last != "sigmoid", last != "softmax" {
    remarks.append(
      "`bce` takes probabilities, and outputs beyond 0 and 1 make it NaN: write `loss bce_logits`, or "
        + "put `sigmoid` before it")
  }
  return remarks
}

/// What is likely a mistake in the samples that a network is trained with.
func dataRemarks(_ data: Dataset, _ samples: [Int]) throws -> [String] {
  var remarks: [String] = []
  if data.transform == nil, data.vocabulary == nil {
    // The first thousands tell it.
    let columns = try data.standardisation(over: Array(samples.prefix(4096)))
    let far = columns.mean.indices.filter { abs(columns.mean[$0]) + columns.scale[$0] > 50 }
    if let first = far.first {
      let name = data.columns.isEmpty ? data.inputName(first) : "\(first + 1)"
      remarks.append(
        "inputs are far from 0 (`\(name)` about \(Digits.significant(3).text(columns.mean[first]))"
          + (far.count > 1 ? ", and \(far.count - 1) more" : "")
          + "): `--standardise` or `--scale` brings them near, and training gets on")
    }
  }
  if let classes = try data.classNumbers() {
    var seen = Set<Int>()
    for sample in samples { seen.insert(classes[sample]) }
    let unseen = data.classes.indices.filter { !seen.contains($0) }
    if !unseen.isEmpty {
      let names = unseen.prefix(8).map { "`\(data.classes[$0])`" }.joined(separator: ", ")
      remarks.append(
        "no sample that is trained with is of class \(names)\(unseen.count > 8 ? ", …" : "")")
    }
  }
  return remarks
}
