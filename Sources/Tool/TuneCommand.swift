import NNC
import NNCTraining

/// `nnc tune`.
let tuneCommand = Command(
  name: "tune", summary: "find good rates and sizes for a network by trying them", operands: "FILE",
  operandCount: 1...1,
  examples: [
    .init(
      call: "nnc tune iris.nn --data iris.csv --target species --try lr=0.1,0.03,0.01",
      purpose: "train with each rate and score it, on five folds"),
    .init(
      call:
        "nnc tune net.nn -d data.csv -t y --try lr=0.1,0.01 --try width=16,64 --patience 5 -o best.nn",
      purpose: "try every combination of rates and of `let width = …`; write the best network"),
    .init(
      call: "nnc tune net.nn -d data.csv -t y --try batch=16,64 --split 0.8 --json",
      purpose: "score each on a fifth of the samples alone; a line of JSON for each"),
  ],
  details: [
    "What can be tried: the constants of `let` in the network's text, the keys of its `train` rule, "
      + "and of the options of `nnc train` \(Candidates.options.map { "`\($0)`" }.joined(separator: ", ")).",
    "Every candidate begins with the same seed and is scored on the same folds: the mean over them "
      + "and their standard deviation. The best has the greatest accuracy or R², of equals the least "
      + "loss. With `--patience` what is held out decides when a training ends too, so that scores "
      + "are a little too good.",
  ],
  options: trainCommand.options.filter { isTuning($0.name) } + [
    .init(
      "try", nil, .text("NAME=V,V…"), repeats: true,
      help: "try each of these values, with each of those of every other `--try`"),
    .init(
      "output", "o", .text("FILE.nn", .networks), help: "write the text of the best network there"),
    helpOption,
  ],
  run: runTune)

/// Whether an option of `nnc train` is one of `nnc tune` as well: what says how a network is trained with which samples.
private func isTuning(_ name: String) -> Bool {
  let others: Set = [
    "weights", "map", "ignore", "output", "test", "test-labels", "checkpoint", "every", "resume",
    "log", "plot", "find-lr", "dim", "help",
  ]
  return !others.contains(name)
}
