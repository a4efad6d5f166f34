import NNC
import NNCTraining

/// What decides the course of a training, by name: a checkpoint goes on only where it is the same.
func trainingCourse(
  _ call: Call, _ compilation: Compilation, _ settings: TrainingSettings, _ data: TrainingData,
  batch: Int
) throws -> [String: String] {
  var network = Fingerprint()
  network.add(compilation.source.text(of: SourceSpan(0, compilation.source.bytes.count)))
  var samples = Fingerprint()
  try samples.add(data.data, inputs: data.data.inputWidth, targets: data.data.targetWidth)
  if let heldOut = data.heldOut?.source {
    try samples.add(heldOut, inputs: heldOut.inputWidth, targets: heldOut.targetWidth)
  }
  var course = [
    "network": network.text, "data": samples.text, "--batch": "\(batch)",
    "--lr": shortest(settings.schedule.rate), "--seed": "\(settings.seed)",
    "--machine": settings.machine.name, "--real": call.value("real") ?? "f64",
    "--schedule": call.value("schedule") ?? "constant",
  ]
  if settings.schedule.dependsOnLength { course["--epochs"] = "\(settings.epochs)" }
  course["--class-weight"] = data.classWeights?.course
  for name in [
    "warm-up", "clip-norm", "clip-value", "split", "scale", "augment", "patience", "categories",
    "booleans",
    "dates", "date-parts", "date-order", "decimal", "thousands", "missing", "unknown",
  ] {
    course["--" + name] = call.value(name)
  }
  for name in ["in-order", "standardise", "guess", "percent", "stratify"] where call.has(name) {
    course["--" + name] = "given"
  }
  return course
}
