import NNC
import NNCTraining

/// `nnc train`.
let trainCommand = Command(
  name: "train", summary: "train a network with data", operands: "FILE", operandCount: 1...1,
  examples: [
    .init(
      call: "nnc train iris.nn --data iris.csv --target species --split 0.8 -o iris.safetensors",
      purpose: "train with four fifths of the samples, score the others, save the parameters"),
    .init(
      call: "nnc train net.nn --data data.csv --target 5 --epochs 200 --batch full --lr 0.1",
      purpose: "gradient descent with all samples in every step"),
    .init(
      call: "nnc train net.nn -d images.gz -l labels.gz --scale 1/255 --plot loss.svg",
      purpose: "images and labels in files of their own; draw the loss"),
    .init(
      call: "nnc train net.nn -d photos --scale 1/255 --augment flip,shift=2 --split 0.8",
      purpose: "pictures in a folder for each class, changed a little in every epoch"),
    .init(
      call: "nnc train net.nn -d people.csv -t income --guess --split 0.8 --standardise",
      purpose: "a table with categories, dates and missing values; what was done is said and saved"),
    .init(
      call: "nnc train iris.nn -d iris.csv -t species --find-lr --plot rates.svg",
      purpose: "find a learning rate: what the loss does while the rate rises"),
    .init(
      call: "nnc train net.nn -d data.csv -t y --class-weight balanced -o net.safetensors",
      purpose: "count rare classes as much as frequent ones"),
    .init(
      call: "nnc train net.nn -d data.csv -t y --checkpoint run --resume",
      purpose: "save where the training stands, and go on from there when called again"),
  ],
  details: [
    "An epoch goes through all samples once, in a new order given by the seed; a step takes a batch "
      + "of them. The same call gives the same bits, interpreted or compiled, with any number of "
      + "threads; with `--machine generic` it does so on every machine.",
    "Ctrl-C ends the training after the step that is under way, saves it and says how to go on.",
  ],
  options: dataOptions + columnOptions + weightsOptions + [
    .init(
      "output", "o", .text("FILE", .weights),
      help: "save the parameters there: safetensors, or .npz where the name ends so"),
    .init("scale", nil, .text("FACTOR"), help: "multiply all inputs: `1/255`"),
    .init("standardise", nil, help: "give every input column mean 0 and deviation 1"),
    augmentOption,
    .init(
      "split", nil, .text("SHARES"),
      help:
        "train with this share of the samples, score the rest: `0.8` or `80%`; of `0.7,0.15,0.15` "
        + "the second part is scored after every epoch, the last in the end"),
    .init("stratify", nil, help: "give every part of a split its share of every class"),
    .init(
      "folds", nil, .number("K", 2...1000),
      help:
        "score first: train K times, each time with another K-th of the samples held out, and say "
        + "the scores; without `--output` that is all"),
    .init(
      "test", nil, .text("FILE", .data),
      help: "score the samples of this file; beside `--split` only in the end"),
    .init(
      "test-labels", nil, .text("FILE", .data),
      help: "their targets, where they have a file of their own"),
    .init(
      "epochs", "e", .number("N", 1...1_000_000_000),
      help: "go through the samples N times (default 10)"),
    .init(
      "steps", nil, .number("N", 1...1_000_000_000),
      help: "end after N steps, in the midst of an epoch if need be"),
    .init(
      "batch", "b", .text("full|N", .words(["full"])), help: "the samples of a step (default 32)"),
    .init("lr", nil, .text("RATE"), help: "the learning rate, in place of the network's"),
    .init(
      "schedule", nil, .text("CURVE", .words(rateCurves.map(\.name))),
      help: rateCurves.map { "`\($0.usage)` \($0.help)" }.joined(separator: "; ")),
    .init("warm-up", nil, .text("EPOCHS"), help: "raise the rate from 0 in so many epochs"),
    .init(
      "find-lr", nil,
      help:
        "find a rate instead of training: let it rise from 1e-7 to 10 over 100 steps, or `--steps`, "
        + "and say where the loss falls most steeply"),
    .init(
      "class-weight", nil, .text("WEIGHTS", .words(["balanced"])),
      help: "count each class in the loss with a weight: `balanced`, the rarer the heavier, or "
        + "`NAME=W,…`"),
    .init("clip-norm", nil, .text("C"), help: "shorten gradients whose norm is above C"),
    .init("clip-value", nil, .text("C"), help: "bound every element of the gradient by C"),
    .init(
      "patience", nil, .number("N", 1...1_000_000_000),
      help: "end after N epochs without a lesser loss, with the best epoch's parameters"),
    .init(
      "seed", "s", .number("N", 0...Int.max),
      help: "the seed of initial values, split and orders (default the network's)"),
    .init("in-order", nil, help: "take the samples in the order of the file"),
    .init("real", "r", .choice(["f32", "f64"]), help: "the precision (default f64)"),
    .init(
      "run", nil, .choice(ExecutorChoice.allCases.map(\.rawValue)),
      help: "interpret, compile to native code, or whichever is sooner done (default auto)"),
    machineOption,
    .init(
      "threads", nil, .number("N", 1...256),
      help: "share each step of native code among N threads where it is worth it (default 1)"),
    .init(
      "checkpoint", nil, .text("FOLDER", .folders),
      help: "save there, after every epoch, all that is needed to go on"),
    .init("every", nil, .number("N", 1...1_000_000_000), help: "save after every N steps instead"),
    .init("resume", nil, help: "go on from what is saved there, if anything is"),
    .init("log", nil, .text("FILE.csv", .files(["csv"])), help: "write a line for every epoch"),
    .init(
      "plot", nil, .text("FILE.svg", .files(["svg"])), help: "draw loss and metric over the epochs"),
    .init("quiet", "q", help: "print nothing but errors"),
    .init("json", "j", help: "print a line of JSON for every event"),
    dimOption, diagnosticsOption, helpOption,
  ],
  run: runTrain)
