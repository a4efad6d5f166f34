import NNC
import NNCTraining

/// The option by which inputs are changed at random in training.
let augmentOption = CommandOption(
  "augment", nil, .text("CHANGES", .words(["flip", "flip-vertical", "shift="])),
  help:
    "change pictures or signals at random, anew in every epoch: some of `flip` (half of them, left and "
    + "right), `flip-vertical`, and `shift=N` (moved by up to N places, 0 where nothing was)")

/// What `--augment` says of a network's inputs; nil where it is not given.
func augmentation(
  _ call: Call, _ network: Network, _ data: Dataset
) throws(Failure) -> Augmentation? {
  guard let text = call.value("augment") else { return nil }
  let shape = network.inputShape
  guard shape.count == 2 || shape.count == 3 else {
    throw .call(
      "`--augment` changes channels of places, but the network takes "
        + shape.map(String.init).joined(separator: "x"),
      hint: "`input 1x28x28` takes pictures, `input 3x100` signals")
  }
  if call.has("standardise") {
    throw .call(
      "`--augment` and `--standardise` exclude each other: what is moved would keep the scale of its old place"
    )
  }
  var augmentation = Augmentation(shape: shape)
  for word in text.split(separator: ",", omittingEmptySubsequences: false) {
    switch word {
    case "flip": augmentation.flips = true
    case "flip-vertical" where shape.count == 3: augmentation.flipsVertically = true
    case "flip-vertical":
      throw .call("`flip-vertical` is for pictures, but the network takes signals")
    case _ where word.hasPrefix("shift="):
      let least = shape[1...].min() ?? 1
      guard let distance = Int(word.dropFirst(6)), (1..<max(2, least)).contains(distance) else {
        throw .call(
          "`shift` takes a whole number of places from 1 on and below \(least), not `\(word.dropFirst(6))`"
        )
      }
      augmentation.shift = distance
    default:
      throw .call(
        "`--augment` knows no change `\(word)`",
        hint: didYouMean(String(word), ["flip", "flip-vertical", "shift=2"])
          ?? "`--augment flip,shift=2` is one")
    }
  }
  // What a 0 of the file is to the network.
  if let transform = data.transform {
    augmentation.border = (0 - transform.mean[0]) / transform.scale[0]
  }
  return augmentation
}
